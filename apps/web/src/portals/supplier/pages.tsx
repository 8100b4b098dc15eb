import { OrderPage } from '../../orders/order-page.tsx'
import { OrdersPage } from '../../orders/orders-page.tsx'

export { Desk } from '../../desk/desk.tsx'
export const SupplierOrdersPage = () => <OrdersPage side="supplier" />
export const SupplierOrderPage = () => <OrderPage side="supplier" />
