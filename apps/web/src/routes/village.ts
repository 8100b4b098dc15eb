import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { desk } from './frame.tsx'

const villagePages = () => import('../portals/village/pages.ts')

const village = createRoute({
  getParentRoute: () => desk,
  path: 'village',
  component: lazyRouteComponent(villagePages, 'Desk'),
})
const villageLinks = createRoute({
  getParentRoute: () => village,
  path: 'links',
  component: lazyRouteComponent(villagePages, 'VillageLinksPage'),
})
const householdStatement = createRoute({
  getParentRoute: () => village,
  path: 'households/$household/statement',
  component: lazyRouteComponent(villagePages, 'HouseholdStatementPage'),
})
const payouts = createRoute({
  getParentRoute: () => village,
  path: 'payouts',
  component: lazyRouteComponent(villagePages, 'PayoutsPage'),
})

export const villageRoutes = village.addChildren([payouts, villageLinks, householdStatement])
