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
      <p>{claim.reason}</p>
      {claim.lines.map(line => (
        <p key={line.no} className="small">
          {nameOf(line)} × {line.pieces} <Money fen={line.amountFen} />
        </p>
      ))}
      <Sent photos={claim.photos} />
      {claim.answer ? <p className="note">{claim.answer}</p> : null}
      {claim.objection ? <p>{claim.objection}</p> : null}
      {claim.decision ? <p className="note">{claim.decision}</p> : null}
      {claim.dueAt ? (
        <p className="small soft">{t('claim.due', { at: formatInstant(claim.dueAt) })}</p>
      ) : null}
      <ClaimActs claim={claim} />
    </section>
  )
}
