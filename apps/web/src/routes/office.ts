import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { orderSearch } from '../orders/search.ts'
import { daySearch } from '../settlements/search.ts'
import { desk } from './frame.tsx'

const officePages = () => import('../portals/office/pages.ts')

const office = createRoute({
  getParentRoute: () => desk,
  path: 'office',
  component: lazyRouteComponent(officePages, 'Desk'),
})
const declarations = createRoute({
  getParentRoute: () => office,
  path: 'declarations',
  component: lazyRouteComponent(officePages, 'DeclarationsPage'),
})
const officeOrders = createRoute({
  getParentRoute: () => office,
  path: 'orders',
  validateSearch: orderSearch,
  component: lazyRouteComponent(officePages, 'OfficeOrdersPage'),
})
const officeOrder = createRoute({
  getParentRoute: () => office,
  path: 'orders/$order',
  component: lazyRouteComponent(officePages, 'OfficeOrderPage'),
})
const officeClaims = createRoute({
  getParentRoute: () => office,
  path: 'claims',
  component: lazyRouteComponent(officePages, 'OfficeClaimsPage'),
})
const officeReviews = createRoute({
  getParentRoute: () => office,
  path: 'reviews',
  component: lazyRouteComponent(officePages, 'ReviewsPage'),
})
const officeSettlements = createRoute({
  getParentRoute: () => office,
  path: 'settlements',
  validateSearch: daySearch,
  component: lazyRouteComponent(officePages, 'OfficeSettlementsPage'),
})
const alerts = createRoute({
  getParentRoute: () => office,
  path: 'alerts',
  component: lazyRouteComponent(officePages, 'AlertsPage'),
})
const credits = createRoute({
  getParentRoute: () => office,
  path: 'credits',
  component: lazyRouteComponent(officePages, 'CreditsPage'),
})
const reconciliation = createRoute({
  getParentRoute: () => office,
  path: 'reconciliation',
  component: lazyRouteComponent(officePages, 'ReconciliationPage'),
})
const prices = createRoute({
  getParentRoute: () => office,
  path: 'prices',
  component: lazyRouteComponent(officePages, 'PricesPage'),
})
const officePayouts = createRoute({
  getParentRoute: () => office,
  path: 'payouts',
  component: lazyRouteComponent(officePages, 'OfficePayoutsPage'),
})
const publish = createRoute({
  getParentRoute: () => office,
  path: 'figures',
  component: lazyRouteComponent(officePages, 'PublishPage'),
})

export const officeRoutes = office.addChildren([
  officeOrders,
  officeOrder,
  officeSettlements,
  officeClaims,
  officeReviews,
  alerts,
  declarations,
  credits,
  reconciliation,
  prices,
  officePayouts,
  publish,
])
