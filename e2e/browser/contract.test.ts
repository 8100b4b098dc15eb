import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assuranceKinds } from '@silian/chains/assurance/check/fold/assurance.ts'
import { evidenceKinds } from '@silian/chains/assurance/check/fold/evidence.ts'
import { productionKinds } from '@silian/chains/assurance/check/fold/production.ts'
import { supplyKinds } from '@silian/chains/assurance/check/fold/supply.ts'
import { orderStates } from '@silian/chains/supply/orders/contract.ts'
import { words } from '@silian/chains/words.ts'
import { roles } from '@silian/kernel/access/roles.ts'
import { allRoutes, type Whole } from '@silian/server/compose.ts'
import { waitingKinds } from '@silian/server/home/contract.ts'
import { describe, expect, it } from 'vitest'
import type { Route } from '../../apps/web/src/api/route.ts'
import { routes } from '../../apps/web/src/api/routes.ts'
import { pages } from '../../apps/web/src/pages/waiting.ts'
import { productClasses } from '../../data/world/product-classes.ts'

// routes only close over the kit; none of it is used before a request comes
const served = allRoutes({} as unknown as Whole).map(({ method, path, keyless }) => ({
  name: `${method} ${path.replace(/\{\w+\}/g, '{}')}`,
  keyless: keyless === true,
}))
const outside = ['/sign-in', '/sign-out', '/me', '/programmes', '/totals']
const nameOf = ({ method, path }: Route): string =>
  `${method} ${path.replace('/p/:programme', '').replace(/:\w+/g, '{}')}`

const messages = (language: 'zh' | 'en', namespace: string): Record<string, string> => {
  const file = join(import.meta.dirname, '../../apps/web/src/messages', language, `${namespace}.json`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

describe('routes of the pages', () => {
  const inside = Object.values<Route>(routes).filter(({ path }) => !outside.includes(path))

  it('are all served, with the same methods', () => {
    const known = new Set(served.map(({ name }) => name))
    expect(inside.map(nameOf).filter(name => !known.has(name))).toEqual([])
    expect(inside.length).toBeGreaterThan(20)
  })

  it('send a key wherever the server wants one', () => {
    for (const route of inside.filter(({ method }) => method === 'POST')) {
      const here = served.find(({ name }) => name === nameOf(route))
      expect(route.command, nameOf(route)).toBe(!here!.keyless)
    }
  })
})

describe('what the server counts and names has words in both languages', () => {
  it.each(['zh', 'en'] as const)('%s: waiting work, roles, states', language => {
    const common = messages(language, 'common')
    const keys = [
      ...waitingKinds.flatMap(kind => [`waiting.${kind}`, `waiting.${kind}.hint`]),
      ...roles.map(role => `role.${role}`),
    ]
    expect(keys.filter(key => !common[key])).toEqual([])
    const orders = messages(language, 'orders')
    expect(orderStates.filter(state => !orders[`state.${state}`])).toEqual([])
  })

  it.each(['zh', 'en'] as const)('%s: facts that have a kind of their own', language => {
    const receipts = messages(language, 'receipts')
    const kinds = { ...evidenceKinds, ...productionKinds, ...supplyKinds, ...assuranceKinds }
    expect(Object.keys(kinds).filter(kind => !receipts[`fact.${kind}`])).toEqual([])
  })

  it.each(['zh', 'en'] as const)('%s: classes of the demonstration', language => {
    const known = words.of(language, 'codes')
    const slugs = productClasses.flatMap(({ labels }) => labels.map(({ slug }) => slug))
    expect(slugs.filter(slug => !known[`value.class.${slug}`])).toEqual([])
  })

  it('and each kind of waiting work has its page', () => {
    expect(Object.keys(pages).sort()).toEqual([...waitingKinds].sort())
  })
})
