import type { Route } from '@silian/kernel/http/route.ts'
import type { Whole } from '../compose.ts'
import { clientRoutes } from './clients.ts'
import { operationRoutes } from './operation.ts'
import { organisationRoutes } from './organisations.ts'
import { peopleRoutes } from './people.ts'

/** Administration: the system's, the security's and the audit's, each its own role's. */
export const adminRoutes = (kit: Whole): Route[] => [
  ...organisationRoutes(kit),
  ...peopleRoutes(kit),
  ...clientRoutes(kit),
  ...operationRoutes(kit),
]
