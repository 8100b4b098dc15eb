import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { orderSearch } from '../orders/search.ts'
import { daySearch } from '../settlements/search.ts'
import { desk } from './frame.tsx'

const supplierPages = () => import('../portals/supplier/pages.tsx')

const supplier = createRoute({
  getParentRoute: () => desk,
  path: 'supplier',
  component: lazyRouteComponent(supplierPages, 'Desk'),
})
const supplierOrders = createRoute({
  getParentRoute: () => supplier,
  path: 'orders',
  validateSearch: orderSearch,
  component: lazyRouteComponent(supplierPages, 'SupplierOrdersPage'),
})
const supplierOrder = createRoute({
  getParentRoute: () => supplier,
  path: 'orders/$order',
  component: lazyRouteComponent(supplierPages, 'SupplierOrderPage'),
})
const packing = createRoute({
  getParentRoute: () => supplier,
  path: 'packing',
  validateSearch: ({ orders }: Record<string, unknown>): { orders?: string } =>
    typeof orders === 'string' ? { orders } : {},
  component: lazyRouteComponent(supplierPages, 'PackingPage'),
})
const products = createRoute({
  getParentRoute: () => supplier,
  path: 'products',
  component: lazyRouteComponent(supplierPages, 'ProductsPage'),
})
const lots = createRoute({
  getParentRoute: () => supplier,
  path: 'lots',
  component: lazyRouteComponent(supplierPages, 'LotsPage'),
})
const offers = createRoute({
  getParentRoute: () => supplier,
  path: 'offers',
  component: lazyRouteComponent(supplierPages, 'OffersPage'),
})
const listings = createRoute({
  getParentRoute: () => supplier,
  path: 'listings',
  validateSearch: ({ run }: Record<string, unknown>): { run?: string } =>
    typeof run === 'string' ? { run } : {},
  component: lazyRouteComponent(supplierPages, 'ListingsPage'),
})
const supplierLinks = createRoute({
  getParentRoute: () => supplier,
  path: 'links',
  component: lazyRouteComponent(supplierPages, 'SupplierLinksPage'),
})
const supplierSettlements = createRoute({
  getParentRoute: () => supplier,
  path: 'settlements',
  validateSearch: daySearch,
  component: lazyRouteComponent(supplierPages, 'SupplierSettlementsPage'),
})
const statement = createRoute({
  getParentRoute: () => supplier,
  path: 'statement',
  validateSearch: daySearch,
  component: lazyRouteComponent(supplierPages, 'StatementPage'),
})

const parcels = createRoute({
  getParentRoute: () => supplier,
  path: 'parcels',
  component: lazyRouteComponent(supplierPages, 'ParcelsPage'),
})
const waybills = createRoute({
  getParentRoute: () => supplier,
  path: 'waybills',
  validateSearch: ({ parcels }: Record<string, unknown>): { parcels?: string } =>
    typeof parcels === 'string' ? { parcels } : {},
  component: lazyRouteComponent(supplierPages, 'WaybillsPage'),
})
const supplierClaims = createRoute({
  getParentRoute: () => supplier,
  path: 'claims',
  component: lazyRouteComponent(supplierPages, 'SupplierClaimsPage'),
})
const reviews = createRoute({
  getParentRoute: () => supplier,
  path: 'reviews',
  component: lazyRouteComponent(supplierPages, 'ReviewsPage'),
})
const sales = createRoute({
  getParentRoute: () => supplier,
  path: 'sales',
  component: lazyRouteComponent(supplierPages, 'SalesPage'),
})
const asked = createRoute({
  getParentRoute: () => supplier,
  path: 'asked',
  component: lazyRouteComponent(supplierPages, 'AskedPage'),
})

export const supplierRoutes = supplier.addChildren([
  supplierOrders,
  supplierOrder,
  packing,
  products,
  lots,
  offers,
  listings,
  supplierLinks,
  supplierSettlements,
  statement,
  parcels,
  waybills,
  supplierClaims,
  reviews,
  sales,
  asked,
])
