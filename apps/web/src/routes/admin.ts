import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { desk } from './frame.tsx'

const adminPages = () => import('../portals/admin/pages.ts')

const admin = createRoute({
  getParentRoute: () => desk,
  path: 'admin',
  component: lazyRouteComponent(adminPages, 'Desk'),
})
const organisations = createRoute({
  getParentRoute: () => admin,
  path: 'organisations',
  validateSearch: ({ open: opened }: Record<string, unknown>): { open?: string } =>
    typeof opened === 'string' ? { open: opened } : {},
  component: lazyRouteComponent(adminPages, 'OrganisationsPage'),
})
const people = createRoute({
  getParentRoute: () => admin,
  path: 'people',
  component: lazyRouteComponent(adminPages, 'PeoplePage'),
})
const person = createRoute({
  getParentRoute: () => admin,
  path: 'people/$person',
  component: lazyRouteComponent(adminPages, 'PersonPage'),
})
const clients = createRoute({
  getParentRoute: () => admin,
  path: 'clients',
  component: lazyRouteComponent(adminPages, 'ClientsPage'),
})
const audit = createRoute({
  getParentRoute: () => admin,
  path: 'audit',
  component: lazyRouteComponent(adminPages, 'AuditPage'),
})
const jobs = createRoute({
  getParentRoute: () => admin,
  path: 'jobs',
  component: lazyRouteComponent(adminPages, 'JobsPage'),
})
const health = createRoute({
  getParentRoute: () => admin,
  path: 'health',
  component: lazyRouteComponent(adminPages, 'HealthPage'),
})
const settings = createRoute({
  getParentRoute: () => admin,
  path: 'settings',
  component: lazyRouteComponent(adminPages, 'SettingsPage'),
})

export const adminRoutes = admin.addChildren([
  organisations,
  people,
  person,
  clients,
  audit,
  jobs,
  health,
  settings,
])
