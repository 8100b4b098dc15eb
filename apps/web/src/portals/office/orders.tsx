import { OrderPage } from '../../orders/order-page.tsx'
import { OrdersPage } from '../../orders/orders-page.tsx'
import { SettlementsPage } from '../../settlements/settlements-page.tsx'

export const OfficeOrdersPage = () => <OrdersPage side="office" />
export const OfficeOrderPage = () => <OrderPage side="office" />
export const OfficeSettlementsPage = () => <SettlementsPage side="office" />
