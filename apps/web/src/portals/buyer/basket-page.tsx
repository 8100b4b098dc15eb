import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useBasket } from '../../basket/basket.ts'
import { useAccount } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { BasketLines } from './basket-lines.tsx'
import { useBasketOffers } from './basket-offers.ts'
import { OrderForm } from './order-form.tsx'
import './buyer.css'

/** What a buyer put aside, priced anew, and the form that orders it. */
export function BasketPage() {
  const { t } = useTranslation('basket')
  const programme = useProgrammeId()
  const account = useAccount()
  const basket = useBasket(programme, account?.id ?? '')
  const goods = useBasketOffers(basket.lines)
  const shop = (
    <Link to="/p/$programme/shop" params={{ programme }} className="button">
      {t('toShop')}
    </Link>
  )
  if (basket.lines.length === 0)
    return (
      <Page title={t('title')}>
        <Empty title={t('empty')}>
          <p>{t('empty.hint')}</p>
          {shop}
        </Empty>
      </Page>
    )
  return (
    <Page title={t('title')} lead={t('lead')} actions={shop}>
      <Section title={t('goods')}>
        <BasketLines goods={goods} put={basket.put} />
      </Section>
      <OrderForm goods={goods} emptied={basket.clear} />
    </Page>
  )
}
