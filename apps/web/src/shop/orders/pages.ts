export { ClaimPage } from './claim-page.tsx'
export { EvaluatePage } from './evaluate-page.tsx'
export { OrderPage } from './order-page.tsx'
export { OrdersPage } from './orders-page.tsx'
