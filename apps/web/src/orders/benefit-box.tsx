import type { Benefit } from '@silian/chains/assurance/settlement/contract.ts'
import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { formatRatio } from '../i18n/format.ts'
import { useProgrammeId } from '../session/programme.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Loaded } from '../ui/states.tsx'
import { Day, Money } from '../ui/values.tsx'
import type { Side } from './side.ts'

/** Whom the order reached: only once it is completed is there anything to tell. */
export function BenefitBox({ order, side }: { order: OrderDetail; side: Side }) {
  const { t } = useTranslation('orders')
  const programme = useProgrammeId()
  const benefit = useQuery({
    queryKey: ['benefit', programme, order.id],
    queryFn: ({ signal }) => call('benefit', { params: { programme, order: order.id }, signal }),
    enabled: order.completedAt !== null,
  })
  if (!order.completedAt)
    return <p className="notice notice-wait">{t(`benefit.later.${side === 'office' ? 'buyer' : side}`)}</p>
  return <Loaded query={benefit}>{found => <Parts benefit={found} />}</Loaded>
}

function Parts({ benefit }: { benefit: Benefit }) {
  const { t } = useTranslation('orders')
  if (!benefit.settledAt) return <p className="notice notice-wait">{t('benefit.settling')}</p>
  return (
    <div className="card benefit">
      <p className="benefit-sum">
        <strong>
          <Money fen={benefit.householdsFen} />
        </strong>{' '}
        {t('benefit.households', { ratio: formatRatio(benefit.householdsFen, benefit.totalFen) })}
      </p>
      <ScrollArea className="" label={t('benefit')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('household')}</th>
              <th scope="col" className="right">
                {t('amount')}
              </th>
              <th scope="col">{t('arrived')}</th>
            </tr>
          </thead>
          <tbody>
            {benefit.parts.map(part => (
              <tr key={`${part.household}${part.village}${part.mechanism}${part.fen}${part.paidAt}`}>
                <th scope="row">
                  {part.household}
                  <span className="line-spec">
                    {[part.village, t(`mechanism.${part.mechanism}`)].filter(Boolean).join(' · ')}
                  </span>
                </th>
                <td className="right">
                  <Money fen={part.fen} />
                </td>
                <td>
                  <Arrived paidAt={part.paidAt} confirmedAt={part.confirmedAt} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('benefit.cooperative')}</td>
              <td className="right">
                <Money fen={benefit.cooperativeFen} />
              </td>
              <td />
            </tr>
            <tr>
              <th scope="row">{t('total')}</th>
              <td className="right">
                <Money fen={benefit.totalFen} />
              </td>
              <td />
            </tr>
          </tfoot>
        </table>
      </ScrollArea>
    </div>
  )
}

function Arrived({ paidAt, confirmedAt }: Pick<Benefit['parts'][number], 'paidAt' | 'confirmedAt'>) {
  const { t } = useTranslation('orders')
  if (!paidAt) return <span className="badge badge-wait">{t('arrived.owed')}</span>
  return (
    <>
      <Day at={paidAt} />
      <span className="line-spec">{t(confirmedAt ? 'arrived.confirmed' : 'arrived.unconfirmed')}</span>
    </>
  )
}
