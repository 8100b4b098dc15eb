import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { textSearch } from '../declared/search.ts'
import { desk } from './frame.tsx'

const registerPages = () => import('../declared/register/pages.ts')
const processPages = () => import('../declared/process/pages.ts')
const metricPages = () => import('../declared/metric/pages.ts')

const ways = createRoute({
  getParentRoute: () => desk,
  path: 'ways',
  component: lazyRouteComponent(registerPages, 'WaysPage'),
})
const register = createRoute({
  getParentRoute: () => desk,
  path: 'registers/$register',
  validateSearch: textSearch,
  component: lazyRouteComponent(registerPages, 'RegisterPage'),
})
const proposals = createRoute({
  getParentRoute: () => desk,
  path: 'registers/$register/proposals',
  component: lazyRouteComponent(registerPages, 'ProposalsPage'),
})
const imports = createRoute({
  getParentRoute: () => desk,
  path: 'registers/$register/imports',
  validateSearch: textSearch,
  component: lazyRouteComponent(registerPages, 'ImportPage'),
})
const inbox = createRoute({
  getParentRoute: () => desk,
  path: 'inbox',
  validateSearch: textSearch,
  component: lazyRouteComponent(processPages, 'InboxPage'),
})
const notifications = createRoute({
  getParentRoute: () => desk,
  path: 'notifications',
  component: lazyRouteComponent(processPages, 'NotificationsPage'),
})
const absences = createRoute({
  getParentRoute: () => desk,
  path: 'absences',
  component: lazyRouteComponent(processPages, 'AbsencesPage'),
})
const cases = createRoute({
  getParentRoute: () => desk,
  path: 'cases/$process',
  validateSearch: textSearch,
  component: lazyRouteComponent(processPages, 'CasesPage'),
})
const newCase = createRoute({
  getParentRoute: () => desk,
  path: 'cases/$process/new',
  validateSearch: textSearch,
  component: lazyRouteComponent(processPages, 'NewCasePage'),
})
const oneCase = createRoute({
  getParentRoute: () => desk,
  path: 'cases/$process/$case',
  component: lazyRouteComponent(processPages, 'CasePage'),
})
const cockpit = createRoute({
  getParentRoute: () => desk,
  path: 'cockpit',
  validateSearch: textSearch,
  component: lazyRouteComponent(metricPages, 'CockpitPage'),
})

export const declaredRoutes = [
  ways,
  register,
  proposals,
  imports,
  inbox,
  notifications,
  absences,
  cases,
  newCase,
  oneCase,
  cockpit,
] as const
