import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import type { FormDraft } from '../../declared/register/form.tsx'
import { useOwnName, useProgrammeId } from '../../session/programme.ts'
import { type EnteringRule, enteringRule } from './entering-rule.ts'

interface EnteringOffersProps {
  /** Of which register the row is that is being written. */
  readonly register: string
  readonly draft: FormDraft
}

/** Beside the form of a pavilion or a flagship: how many offers enter by what stands in it now. */
export function EnteringOffers({ register, draft }: EnteringOffersProps) {
  const rule = enteringRule(register, draft)
  return rule ? <Entering rule={rule} /> : null
}

function Entering({ rule }: { rule: EnteringRule }) {
  const { t } = useTranslation('shop')
  const programme = useProgrammeId()
  const name = useOwnName()
  const { data, isError } = useQuery({
    queryKey: ['entering-offers', programme, rule],
    queryFn: ({ signal }) => call('found', { params: { programme }, query: { ...rule, limit: 3 }, signal }),
    placeholderData: keepPreviousData,
  })
  if (isError) return <p className="muted">{t('entering.unknown')}</p>
  const count = data?.facets?.total
  const names = [...new Set(data?.items.map(item => name(item)))].join(t('entering.comma'))
  return (
    <section className="card entering" aria-live="polite">
      <p>
        <strong>{count === undefined ? t('entering.counting') : t('entering', { count })}</strong>
      </p>
      {count === 0 ? <p className="muted">{t('entering.none')}</p> : null}
      {count ? <p className="muted">{t('entering.such', { names })}</p> : null}
    </section>
  )
}
