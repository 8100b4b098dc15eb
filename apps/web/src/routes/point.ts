import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { desk } from './frame.tsx'

const pointPages = () => import('../portals/point/pages.ts')

const point = createRoute({
  getParentRoute: () => desk,
  path: 'point',
  component: lazyRouteComponent(pointPages, 'Desk'),
})
const proxyOrders = createRoute({
  getParentRoute: () => point,
  path: 'orders',
  component: lazyRouteComponent(pointPages, 'ProxyPage'),
})

export const pointRoutes = point.addChildren([proxyOrders])
