import { useMutation, useQueryClient } from '@tanstack/react-query'
import { QRCode } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { PickField } from '../../desk/fields.tsx'
import { useProgramme, useProgrammeId } from '../../session/programme.ts'
import { ProblemNotice } from '../../ui/states.tsx'

type Way = 'wechat' | 'alipay'

/** How often it is looked whether the money came, as long as a square is shown. */
const LOOK_MS = 3_000

interface SquareProps {
  readonly order: string
  readonly way: Way
}

/** A square that whoever pays scans with their own phone. */
export function PayBox({ order }: { order: string }) {
  const { t } = useTranslation('proxy')
  const [way, setWay] = useState<Way>('wechat')
  return (
    <div className="stack">
      <PickField
        label={t('pay.way')}
        value={way}
        options={[
          ['wechat', t('pay.wechat')],
          ['alipay', t('pay.alipay')],
        ]}
        pick={value => setWay(value as Way)}
      />
      <Square key={way} order={order} way={way} />
    </div>
  )
}

/** One way is one payment; sent again under its key, the provider is asked what became of it. */
function Square({ order, way }: SquareProps) {
  const { t } = useTranslation('proxy')
  const programme = useProgrammeId()
  const isDemo = useProgramme()?.demo
  const { key } = useIntention(`${programme}.proxy.pay.${order}.${way}`, {})
  const client = useQueryClient()
  // the square stays while it is asked again
  const [payUrl, keep] = useState<string | null>()
  const look = useCallback(
    () => client.invalidateQueries({ queryKey: ['proxy-orders', programme] }),
    [client, programme],
  )
  const pay = useMutation({
    mutationFn: () => call('payProxy', { params: { programme, order }, key, body: { way } }),
    onSuccess: answer => {
      keep(answer.payUrl)
      return look()
    },
  })
  useEffect(() => {
    if (!payUrl) return
    const looking = setInterval(() => void look(), LOOK_MS)
    return () => clearInterval(looking)
  }, [payUrl, look])
  return (
    <>
      <button type="button" className="button" disabled={pay.isPending} onClick={() => pay.mutate()}>
        {t(payUrl ? 'pay.ask' : 'pay.open')}
      </button>
      {pay.isError ? <ProblemNotice error={pay.error} /> : null}
      {payUrl ? (
        <>
          <p className="muted">{t('pay.hint')}</p>
          <QRCode type="svg" value={payUrl} size={220} aria-label={t('pay')} />
          {isDemo ? (
            <a href={payUrl} target="_blank" rel="noreferrer">
              {t('pay.sandbox')}
            </a>
          ) : null}
        </>
      ) : null}
    </>
  )
}
