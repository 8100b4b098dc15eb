import { ClaimsPage } from '../../claims/claims-page.tsx'
import { OrderPage } from '../../orders/order-page.tsx'
import { OrdersPage } from '../../orders/orders-page.tsx'
import { SettlementsPage } from '../../settlements/settlements-page.tsx'

export { ReviewsPage } from '../../claims/reviews-page.tsx'
export { Desk } from '../../desk/desk.tsx'
export { PackingPage } from '../../orders/packing-page.tsx'
export { StatementPage } from '../../settlements/statement-page.tsx'
export { AskedPage } from './asked-page.tsx'
export { SupplierLinksPage } from './links-page.tsx'
export { ListingsPage } from './listings-page.tsx'
export { LotsPage } from './lots-page.tsx'
export { OffersPage } from './offers-page.tsx'
export { ParcelsPage } from './parcels-page.tsx'
export { ProductsPage } from './products-page.tsx'
export { SalesPage } from './sales-page.tsx'
export { WaybillsPage } from './waybills-page.tsx'
export const SupplierClaimsPage = () => <ClaimsPage side="supplier" />
export const SupplierOrdersPage = () => <OrdersPage side="supplier" />
export const SupplierOrderPage = () => <OrderPage side="supplier" />
export const SupplierSettlementsPage = () => <SettlementsPage side="supplier" />
