import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { desk } from './frame.tsx'

const bankPages = () => import('../portals/bank/pages.ts')

const bank = createRoute({
  getParentRoute: () => desk,
  path: 'bank',
  component: lazyRouteComponent(bankPages, 'Desk'),
})
const batches = createRoute({
  getParentRoute: () => bank,
  path: 'batches',
  component: lazyRouteComponent(bankPages, 'BatchesPage'),
})

export const bankRoutes = bank.addChildren([batches])
