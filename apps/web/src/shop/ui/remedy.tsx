import { useTranslation } from 'react-i18next'
import { Go } from './go.tsx'

type Place = 'cart' | 'orders' | 'me'

/** Where a customer can do what a refusal asks for. */
const remedies: Readonly<Record<string, readonly Place[]>> = {
  'order.too_many_unpaid': ['orders'],
  'order.too_many_of_phone': ['me'],
  'order.too_much_unproven': ['me', 'orders'],
  'order.too_much_of_offer': ['me', 'cart'],
  'order.out_of_stock': ['cart'],
  'order.pieces': ['cart'],
  'offer.changed': ['cart'],
  'offer.withdrawn': ['cart'],
}

export function Remedy({ code }: { code: string }) {
  const { t } = useTranslation('front')
  const places = remedies[code] ?? []
  if (places.length === 0) return null
  return (
    <p className="remedy">
      {places.map(place => (
        <Go key={place} to={`/${place}`}>
          {t(`remedy.${place}`)}
        </Go>
      ))}
    </p>
  )
}
