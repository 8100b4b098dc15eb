import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { fileAddress } from '../declared/files.ts'
import { useMember } from '../session/me.ts'
import { useProgrammeId } from '../session/programme.ts'
import { hasRole } from '../session/roles.ts'
import { Section } from '../ui/page.tsx'
import { Day } from '../ui/values.tsx'
import type { Side } from './side.ts'

/** What came with the goods and the money: parcel, invoice, photographs, the payment that is open. */
export function Papers({ order, side }: { order: OrderDetail; side: Side }) {
  const { t } = useTranslation('orders')
  if (!order.carrier && !order.payment) return null
  return (
    <Section title={t('papers')}>
      <dl className="facts card parties">
        {order.carrier ? (
          <div>
            <dt>{t('parcel')}</dt>
            <dd>
              {order.carrier} {order.waybill}
            </dd>
          </div>
        ) : null}
        {order.invoiceNumber ? (
          <div>
            <dt>{t('field.invoiceNumber')}</dt>
            <dd>{order.invoiceNumber}</dd>
          </div>
        ) : null}
        {order.payment ? <PaymentFact payment={order.payment} side={side} /> : null}
      </dl>
      <Photos photos={order.photos} />
    </Section>
  )
}

interface PaymentFactProps {
  readonly payment: NonNullable<OrderDetail['payment']>
  readonly side: Side
}

function PaymentFact({ payment, side }: PaymentFactProps) {
  const { t } = useTranslation('orders')
  const programme = useProgrammeId()
  const mayOpen = hasRole(useMember(), 'buyer', 'accountant')
  return (
    <div>
      <dt>{t('payment')}</dt>
      <dd>
        {side === 'buyer' && mayOpen ? (
          <Link to="/p/$programme/buyer/payments/$payment" params={{ programme, payment: payment.id }}>
            {payment.code}
          </Link>
        ) : (
          payment.code
        )}{' '}
        <span className={`badge ${payment.state === 'open' ? 'badge-wait' : ''}`}>
          {t(`payment.${payment.state}`)}
        </span>
        {payment.state === 'open' ? (
          <span className="line-spec">
            {t('payment.until')} <Day at={payment.expiresAt} />
          </span>
        ) : null}
      </dd>
    </div>
  )
}

function Photos({ photos }: { photos: readonly string[] }) {
  const { t } = useTranslation(['orders', 'desks'])
  const programme = useProgrammeId()
  if (photos.length === 0) return null
  return (
    <ul className="photos" aria-label={t('field.photos')}>
      {photos.map((photo, at) => (
        <li key={photo}>
          <a href={fileAddress(programme, photo)}>
            <img src={fileAddress(programme, photo)} alt={t('photos.one', { ns: 'desks', at: at + 1 })} />
          </a>
        </li>
      ))}
    </ul>
  )
}
