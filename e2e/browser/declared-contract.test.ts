import { metrics, processes, registers } from '@silian/chains/declared.ts'
import { allRoutes, type Whole } from '@silian/server/compose.ts'
import { describe, expect, it } from 'vitest'
import type { Route } from '../../apps/web/src/api/route.ts'
import {
  metricRoutes,
  platformRoutes,
  processRoutes,
  registerRoutes,
} from '../../apps/web/src/declared/routes.ts'
import { bulletinRoutes } from '../../apps/web/src/portals/open/bulletin-routes.ts'

// routes only close over the kit; none of it is used before a request comes
const kit = { permit: () => ({ ok: true }), processes: {} } as unknown as Whole
const served = new Map(
  allRoutes(kit).map(({ method, path, keyless }) => [
    `${method} ${path.replace(/\{\w+\}/g, '{}')}`,
    keyless !== true,
  ]),
)

const names = { register: registers, process: processes, metric: metrics }
type Declared = keyof typeof names

/** A route of the pages as the server declares it, for a declaration of a name. */
const nameOf = ({ method, path }: Route, kind: Declared, name: string): string =>
  `${method} ${path.replace('/p/:programme', '').replace(`:${kind}`, name).replace(/:\w+/g, '{}')}`

const all: readonly [string, Route][] = [
  ...Object.entries<Route>(registerRoutes),
  ...Object.entries<Route>(processRoutes),
  ...Object.entries<Route>(metricRoutes),
  ...Object.entries<Route>(platformRoutes),
  ...Object.entries<Route>(bulletinRoutes),
]

describe('routes of declared things', () => {
  it.each(all)(
    '%s is served for some declaration, with the method and key that the pages use',
    (_, route) => {
      const kinds = (Object.keys(names) as Declared[]).filter(kind => route.path.includes(`:${kind}`))
      const asked =
        kinds.length === 0
          ? [nameOf(route, 'register', '')]
          : kinds.flatMap(kind => names[kind].map(({ name }) => nameOf(route, kind, name)))
      const found = asked.filter(name => served.has(name))
      expect(found, `${asked[0]} …`).not.toEqual([])
      // a key that is not asked for does no harm: a look into personal values has none
      if (route.method === 'POST' && !route.command)
        for (const name of found) expect(served.get(name), name).toBe(false)
    },
  )

  it('lists and details of every register, cases of every process, values of every metric', () => {
    const asked = [
      ...registers.flatMap(({ name }) => [
        nameOf(registerRoutes.rows, 'register', name),
        nameOf(registerRoutes.row, 'register', name),
        nameOf(registerRoutes.history, 'register', name),
      ]),
      ...processes.flatMap(({ name }) => [
        nameOf(processRoutes.cases, 'process', name),
        nameOf(processRoutes.case, 'process', name),
      ]),
      ...metrics.map(({ name }) => nameOf(metricRoutes.values, 'metric', name)),
    ]
    expect(asked.filter(name => !served.has(name))).toEqual([])
  })
})
