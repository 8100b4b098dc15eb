import type { Claim } from '@silian/chains/supply/claims/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../i18n/format.ts'
import { shopCall } from '../api.ts'
import { useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'
import { Sent } from '../ui/photos.tsx'
import { Money } from '../ui/price.tsx'
import { ClaimActs } from './claim-acts.tsx'
import { Said } from './said.tsx'

/** What was claimed of an order, and where that stands. */
export function Claims({ order }: { order: string }) {
  const programme = useProgramme()
  const { data } = useQuery({
    queryKey: ['purchases', programme, order, 'claims'],
    queryFn: ({ signal }) =>
      shopCall('claims', { params: { programme }, query: { limit: 50, order }, signal }),
  })
  return data?.items.map(claim => <OneClaim key={claim.id} claim={claim} />)
}

function OneClaim({ claim }: { claim: Claim }) {
  const { t } = useTranslation('mine')
  const { nameOf } = useNames()
  return (
    <section className="panel" aria-label={t(`claim.kind.${claim.kind}`)}>
      <h2>
        {t(`claim.kind.${claim.kind}`)} · {t(`claim.state.${claim.state}`)}
      </h2>
      <Said who={t('claim.said.you')} text={claim.reason} />
      {claim.lines.map(line => (
        <p key={line.no} className="small">
          {nameOf(line)} × {line.pieces} <Money fen={line.amountFen} />
        </p>
      ))}
      <Sent photos={claim.photos} />
      <Said who={t('claim.said.seller')} text={claim.answer} isTheirs />
      <Said who={t('claim.said.objection')} text={claim.objection} />
      <Said who={t('claim.said.office')} text={claim.decision} isTheirs />
      {claim.dueAt ? (
        <p className="small soft">{t(`claim.due.${claim.state}`, { at: formatInstant(claim.dueAt) })}</p>
      ) : null}
      <ClaimActs claim={claim} />
    </section>
  )
}
