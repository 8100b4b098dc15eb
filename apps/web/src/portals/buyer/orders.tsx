import { OrderPage } from '../../orders/order-page.tsx'
import { OrdersPage } from '../../orders/orders-page.tsx'
import { SettlementsPage } from '../../settlements/settlements-page.tsx'

export const BuyerOrdersPage = () => <OrdersPage side="buyer" />
export const BuyerOrderPage = () => <OrderPage side="buyer" />
export const BuyerSettlementsPage = () => <SettlementsPage side="buyer" />
