import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { daySearch } from '../settlements/search.ts'
import { desk } from './frame.tsx'

const ledgerPages = () => import('../portals/ledger/pages.ts')

const ledger = createRoute({
  getParentRoute: () => desk,
  path: 'ledger',
  component: lazyRouteComponent(ledgerPages, 'Desk'),
})
const accounts = createRoute({
  getParentRoute: () => ledger,
  path: '/',
  validateSearch: ({ group, empty }: Record<string, unknown>): { group?: string; empty?: 'true' } => ({
    ...(typeof group === 'string' ? { group } : {}),
    ...(empty === 'true' ? { empty } : {}),
  }),
  component: lazyRouteComponent(ledgerPages, 'AccountsPage'),
})
const account = createRoute({
  getParentRoute: () => ledger,
  path: '$account',
  validateSearch: daySearch,
  component: lazyRouteComponent(ledgerPages, 'AccountPage'),
})

export const ledgerRoutes = ledger.addChildren([accounts, account])
