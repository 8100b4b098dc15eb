export { CheckoutPage } from './checkout-page.tsx'
export { PayPage } from './pay-page.tsx'
