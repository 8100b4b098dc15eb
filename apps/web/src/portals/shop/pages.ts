export { OfferPage } from './offer-page.tsx'
export { ShopPage } from './shop-page.tsx'
