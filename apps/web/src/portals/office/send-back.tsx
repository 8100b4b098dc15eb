import type { heldMoney, unfitMoney } from '@silian/chains/supply/payments/statement-contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { call } from '../../api/call.ts'
import { Overlay } from '../../declared/overlay.tsx'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { formatFen } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Loaded } from '../../ui/states.tsx'

type Unfit = z.output<typeof unfitMoney>
type Held = z.output<typeof heldMoney>

interface SendBackProps {
  readonly money: Unfit
  close(): void
}

/** Sends money back that fits no payment, once its provider has said what it has of it. */
export function SendBack({ money, close }: SendBackProps) {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  const { provider, reference } = money
  const held = useQuery({
    queryKey: ['held', programme, provider, reference],
    queryFn: ({ signal }) => call('held', { params: { programme, provider, reference }, signal }),
    gcTime: 0,
    retry: false,
  })
  if (held.data && held.data.hasFen !== null)
    return <SendSum money={money} hasFen={held.data.hasFen} close={close} />
  return (
    <Overlay kind="dialog" title={t('back.asking', { reference })} close={close}>
      <Loaded query={held}>{(found: Held) => <p>{t('back.nothing', toldOf(found))}</p>}</Loaded>
    </Overlay>
  )
}

const toldOf = ({ toldFen }: Held) => ({ told: formatFen(toldFen) })

function SendSum({ money, hasFen, close }: SendBackProps & { readonly hasFen: number }) {
  const { t } = useTranslation('reconciliation')
  const programme = useProgrammeId()
  const { provider, reference, amountFen } = money
  const [sum, told] = [formatFen(hasFen), formatFen(amountFen)]
  return (
    <DialogForm
      name={`${programme}.unfit.${provider}.${reference}`}
      title={t('back.of', { sum, reference })}
      hint={t('back.hint')}
      empty={{}}
      sendLabel={t('back')}
      said={t('back.said')}
      send={(_, key) => call('sendBack', { params: { programme, provider, reference }, key, body: {} })}
      close={close}
      fields={() => (
        <p className={hasFen === amountFen ? '' : 'notice notice-wait'} role="status">
          {t(hasFen === amountFen ? 'back.same' : 'back.other', { sum, told })}
        </p>
      )}
    />
  )
}
