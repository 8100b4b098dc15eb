import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../i18n/format.ts'
import { useMember } from '../session/me.ts'
import { hasRole } from '../session/roles.ts'
import { GradeBadge, GradeHelp } from '../signing/grade.tsx'
import { LateBadge } from '../signing/late.tsx'
import { SignFact } from '../signing/sign-fact.tsx'
import { Instant } from '../ui/values.tsx'

/** Every fact recorded of an order, on whose word it rests, and its place in the public log. */
export function Trail({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const accepts = hasRole(useMember(), 'canteen_acceptor')
  return (
    <>
      <ol className="trail">
        {order.facts.map(fact => (
          <li key={fact.id}>
            <p className="trail-what">
              <strong>{t(`fact.${fact.type}`, fact.type)}</strong> <Instant at={fact.at} />{' '}
              <GradeBadge grade={fact.grade} /> <LateBadge fact={fact} />
            </p>
            <p className="trail-how muted">
              {t(`signed.${fact.signedBy}`)} ·{' '}
              {fact.logIndex === null
                ? t('log.waiting')
                : t('log.index', { index: formatCount(fact.logIndex) })}
            </p>
            {accepts && order.buyerId && fact.type === 'order.accepted' && fact.grade === 'declared' ? (
              <SignFact
                shown={{ fact: fact.id, type: fact.type, about: { order: order.id } }}
                words={t('sign.accepted', { number: order.number })}
                holder={order.buyerId}
              />
            ) : null}
          </li>
        ))}
      </ol>
      <GradeHelp />
    </>
  )
}
