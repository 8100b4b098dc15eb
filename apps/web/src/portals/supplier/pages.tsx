import { OrderPage } from '../../orders/order-page.tsx'
import { OrdersPage } from '../../orders/orders-page.tsx'
import { SettlementsPage } from '../../settlements/settlements-page.tsx'

export { Desk } from '../../desk/desk.tsx'
export { PackingPage } from '../../orders/packing-page.tsx'
export { StatementPage } from '../../settlements/statement-page.tsx'
export { SupplierLinksPage } from './links-page.tsx'
export { LotsPage } from './lots-page.tsx'
export { OffersPage } from './offers-page.tsx'
export { ProductsPage } from './products-page.tsx'
export const SupplierOrdersPage = () => <OrdersPage side="supplier" />
export const SupplierOrderPage = () => <OrderPage side="supplier" />
export const SupplierSettlementsPage = () => <SettlementsPage side="supplier" />
