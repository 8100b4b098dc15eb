import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { orderSearch } from '../orders/search.ts'
import { daySearch } from '../settlements/search.ts'
import { desk } from './frame.tsx'

const buyerPages = () => import('../portals/buyer/pages.ts')

const buyer = createRoute({
  getParentRoute: () => desk,
  path: 'buyer',
  component: lazyRouteComponent(buyerPages, 'Desk'),
})
const buyerOrders = createRoute({
  getParentRoute: () => buyer,
  path: 'orders',
  validateSearch: orderSearch,
  component: lazyRouteComponent(buyerPages, 'BuyerOrdersPage'),
})
const buyerOrder = createRoute({
  getParentRoute: () => buyer,
  path: 'orders/$order',
  component: lazyRouteComponent(buyerPages, 'BuyerOrderPage'),
})
const basket = createRoute({
  getParentRoute: () => buyer,
  path: 'basket',
  component: lazyRouteComponent(buyerPages, 'BasketPage'),
})
const quota = createRoute({
  getParentRoute: () => buyer,
  path: 'quota',
  component: lazyRouteComponent(buyerPages, 'QuotaPage'),
})
const payment = createRoute({
  getParentRoute: () => buyer,
  path: 'payments/$payment',
  component: lazyRouteComponent(buyerPages, 'PaymentPage'),
})
const declare = createRoute({
  getParentRoute: () => buyer,
  path: 'declare',
  component: lazyRouteComponent(buyerPages, 'DeclarePage'),
})
const buyerSettlements = createRoute({
  getParentRoute: () => buyer,
  path: 'settlements',
  validateSearch: daySearch,
  component: lazyRouteComponent(buyerPages, 'BuyerSettlementsPage'),
})

const buyerClaims = createRoute({
  getParentRoute: () => buyer,
  path: 'claims',
  component: lazyRouteComponent(buyerPages, 'BuyerClaimsPage'),
})

export const buyerRoutes = buyer.addChildren([
  buyerOrders,
  buyerOrder,
  basket,
  quota,
  declare,
  payment,
  buyerSettlements,
  buyerClaims,
])
