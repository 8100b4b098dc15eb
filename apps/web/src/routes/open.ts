import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { textSearch } from '../declared/search.ts'
import { shopSearch } from '../portals/shop/search.ts'
import { open } from './frame.tsx'

const shopPages = () => import('../portals/shop/pages.ts')
const openPages = () => import('../portals/open/pages.ts')
const processPages = () => import('../declared/process/pages.ts')
const receiptPages = () => import('../receipts/pages.ts')
const metricPages = () => import('../declared/metric/pages.ts')

const shop = createRoute({
  getParentRoute: () => open,
  path: 'shop',
  validateSearch: shopSearch,
  component: lazyRouteComponent(shopPages, 'ShopPage'),
})
const offer = createRoute({
  getParentRoute: () => open,
  path: 'shop/offers/$offer',
  component: lazyRouteComponent(shopPages, 'OfferPage'),
})
const figures = createRoute({
  getParentRoute: () => open,
  path: 'open/figures',
  validateSearch: ({ month }: Record<string, unknown>): { month?: string } =>
    typeof month === 'string' ? { month } : {},
  component: lazyRouteComponent(openPages, 'FiguresPage'),
})
const bulletins = createRoute({
  getParentRoute: () => open,
  path: 'bulletins',
  component: lazyRouteComponent(openPages, 'BulletinsPage'),
})
const bulletin = createRoute({
  getParentRoute: () => open,
  path: 'bulletins/$bulletin',
  component: lazyRouteComponent(openPages, 'BulletinPage'),
})
const publicity = createRoute({
  getParentRoute: () => open,
  path: 'publicity',
  component: lazyRouteComponent(processPages, 'PublicityPage'),
})
const metrics = createRoute({
  getParentRoute: () => open,
  path: 'metrics',
  component: lazyRouteComponent(metricPages, 'MetricsPage'),
})
const metric = createRoute({
  getParentRoute: () => open,
  path: 'metrics/$metric',
  validateSearch: textSearch,
  component: lazyRouteComponent(metricPages, 'MetricPage'),
})
const check = createRoute({
  getParentRoute: () => open,
  path: 'open/check',
  component: lazyRouteComponent(receiptPages, 'CheckPage'),
})
const receipts = createRoute({
  getParentRoute: () => open,
  path: 'receipts/$kind/$thing',
  validateSearch: ({ fact }: Record<string, unknown>): { fact?: string } =>
    typeof fact === 'string' ? { fact } : {},
  component: lazyRouteComponent(receiptPages, 'ReceiptsPage'),
})

export const openRoutes = open.addChildren([
  shop,
  offer,
  figures,
  bulletins,
  bulletin,
  publicity,
  metrics,
  metric,
  check,
  receipts,
])
