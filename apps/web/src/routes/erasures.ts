import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { desk } from './frame.tsx'

const erasurePages = () => import('../portals/erasure/pages.ts')

const erasures = createRoute({
  getParentRoute: () => desk,
  path: 'erasures',
  component: lazyRouteComponent(erasurePages, 'Desk'),
})
const list = createRoute({
  getParentRoute: () => erasures,
  path: '/',
  component: lazyRouteComponent(erasurePages, 'ErasuresPage'),
})
const one = createRoute({
  getParentRoute: () => erasures,
  path: '$erasure',
  component: lazyRouteComponent(erasurePages, 'ErasurePage'),
})

export const erasureRoutes = erasures.addChildren([list, one])
