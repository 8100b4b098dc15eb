import { newId } from '@silian/kernel/ids/ids.ts'
import { describe, expect, it } from 'vitest'
import { type Answer, type Asker, keyed, type Send, under } from './asker.ts'
import { asksRightly } from './cases.ts'
import { erasureQueries } from './erasures.ts'
import { expectations } from './expectations.ts'
import type { Ground } from './ground.ts'
import { metricQueries } from './metrics.ts'
import { processQueries } from './processes.ts'
import { registerQueries } from './registers.ts'
import { requests } from './requests.ts'
import { rawRoutes } from './sheets.ts'

/** What a careless page, a broken device or an attacker may put into any field. */
const hostile: readonly unknown[] = [
  ...['', ' ', 'a\u0000b', '\ud800', 'e\u0301', 'x'.repeat(10_000), '13812341234', '110101199001011234'],
  ...["'; drop table fact; --", '2025-02-30', '0000-00-00', 'infinity', '2025-00', newId(), '1|2'],
  ...[-1, 0, 0.5, 1e308, 2 ** 31, 2 ** 53 - 1],
  ...[null, [], {}, [null]],
]

type Path = readonly (string | number)[]

/** Every place in a body where a value stands; rows of one shape are read alike, and one of them stands for all. */
const placesIn = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [
        ...(path.length > 0 ? [path] : []),
        ...Object.entries(value).flatMap(([k, v]) =>
          isSecond(value, Number(k)) ? [[...path, k]] : placesIn(v, [...path, k]),
        ),
      ]
    : [path]

const isSecond = (list: object, at: number): boolean =>
  Array.isArray(list) && at > 0 && shapeOf(list[at]) === shapeOf(list[at - 1])
const shapeOf = (row: unknown): string =>
  typeof row === 'object' && row !== null ? Object.keys(row).sort().join() : typeof row

function putAt(body: object, path: Path, value: unknown): object {
  const copy = structuredClone(body) as Record<string, unknown>
  const last = path.at(-1)!
  const holder = path.slice(0, -1).reduce<Record<string, unknown>>((at, step) => at[step] as never, copy)
  holder[last] = value
  return copy
}

const posts = expectations.filter(({ route }) => route.startsWith('POST') && !rawRoutes.includes(route))

/** Parameters after the question mark, by operation. */
const queries: readonly (readonly [string, Asker, readonly string[]])[] = [
  ...registerQueries,
  ...processQueries,
  ...erasureQueries,
  ['/links', 'auditor', ['after', 'limit', 'household']],
  ['/link-proposals', 'auditor', ['after', 'limit', 'state']],
  ['/lists/orders/export', 'auditor', ['state', 'from', 'to', 'late', 'text', 'as', 'language']],
  ['/market-prices', 'auditor', ['after', 'limit', 'item']],
  ['/own-offers', 'coop_clerk', ['after', 'limit', 'state']],
  ['/declaration-years', 'auditor', ['year']],
  ['/missing-declarations', 'auditor', ['after', 'limit', 'year']],
  ['/bank-credits', 'auditor', ['after', 'limit', 'waiting']],
  ['/my/orders', 'citizen', ['after', 'limit', 'state']],
  ['/refunds', 'auditor', ['after', 'limit', 'waiting', 'bank', 'state', 'from', 'to', 'text']],
  ['/provider-differences', 'auditor', ['after', 'limit', 'open', 'day']],
  ['/payout-disputes', 'auditor', ['after', 'limit']],
  ['/late-facts', 'auditor', ['after', 'limit']],
  ['/signing-keys', 'auditor', ['after', 'limit']],
  ['/products', 'auditor', ['after', 'limit', 'county']],
  ['/harvest-calendar', 'public', ['month', 'county', 'class']],
  [
    '/shop/offers',
    'public',
    ['q', 'pavilion', 'county', 'class', 'certificate', 'priceFrom', 'after', 'limit'],
  ],
  ['/shop/suggest', 'public', ['q']],
  ['/county-flagships', 'public', ['county']],
  ['/pavilions/assistance/month', 'public', ['month']],
  ['/lots', 'auditor', ['after', 'limit', 'product', 'place']],
  ['/offers', 'public', ['after', 'limit', 'pavilion', 'county', 'class']],
  ['/declarations', 'auditor', ['after', 'limit', 'year', 'state', 'behind']],
  ['/reviews', 'auditor', ['after', 'limit', 'stars']],
  ['/proxy-orders', 'service_point', ['after', 'limit', 'waiting']],
  ['/claims', 'auditor', ['after', 'limit', 'state', 'order']],
  ['/parcels', 'coop_clerk', ['after', 'limit', 'state']],
  ['/parcel-sheets', 'coop_clerk', ['parcels']],
  ['/receivers', 'coop_clerk', ['orders']],
  ['/orders', 'auditor', ['after', 'limit', 'state', 'from', 'to', 'late', 'text']],
  ['/settlements', 'auditor', ['after', 'limit', 'from', 'to']],
  ['/payout-batches', 'auditor', ['after', 'limit']],
  ['/ledger/accounts', 'auditor', ['after', 'limit', 'group']],
  ['/ledger/accounts/world:bank/statement', 'auditor', ['from', 'to', 'after', 'limit']],
  ['/ledger/accounts/world:bank/statement.pdf', 'auditor', ['from', 'to', 'language']],
  ['/ledger/journal', 'auditor', ['from', 'to']],
  ['/payout-items', 'auditor', ['after', 'limit', 'open']],
  ['/areas', 'public', ['parent']],
  ['/organisations', 'public', ['after', 'limit', 'type', 'q']],
  ['/changes', 'public', ['after', 'limit', 'types']],
  [
    '/access-records',
    'auditor',
    ['after', 'limit', 'actor', 'action', 'subjectType', 'subject', 'from', 'to'],
  ],
  ['/organisation-tree', 'public', ['after', 'limit', 'parent', 'area', 'type', 'at', 'ended']],
  ['/people', 'security_admin', ['after', 'limit', 'q', 'role', 'organisation', 'state']],
  ['/clients', 'platform_admin', ['after', 'limit']],
  ['/jobs', 'platform_admin', ['after', 'limit', 'state', 'name']],
  ['/search', 'county_officer', ['q']],
  ...metricQueries,
]

/** A refusal is fine, and so is an answer; a fault never is, and nothing of what was sent is lost in the log. */
const isSound = ({ status }: Answer): boolean => status < 500

export function hostileInput(at: () => Ground): void {
  describe.each(posts)('$route', line => {
    const shot = async (): Promise<Send> => {
      const { path, body } = await requests[line.route]!(at().stage.own, undefined)
      const headers = keyed(at().signedIn.get(asksRightly(line))!)
      return { method: 'POST', path: under('shenzhen', path), body: body!, headers }
    }

    it('names the field that is wrong', async () => {
      const { body } = await shot()
      for (const field of Object.keys(body as object)) {
        const { status, body: problem } = await at().http({
          ...(await shot()),
          body: { ...(body as object), [field]: { wrong: true } },
        })
        expect([field, status, problem.code]).toEqual([field, 400, 'input.invalid'])
        expect((problem.params as { fields: string[] }).fields.join()).toContain(`body/${field}`)
      }
      for (const none of ['null', '[]', '"text"', '1'])
        expect((await at().http({ ...(await shot()), body: none })).status).toBe(400)
    })

    it('never breaks, whatever stands in any field', async () => {
      const { body } = await shot()
      const broken: string[] = []
      for (const path of placesIn(body))
        await Promise.all(
          hostile.map(async value => {
            const answer = await at().http({ ...(await shot()), body: putAt(body as object, path, value) })
            if (!isSound(answer)) broken.push(`${path.join('.')} = ${JSON.stringify(value)}: ${answer.text}`)
          }),
        )
      expect(broken).toEqual([])
    })
  })

  it.each(queries)('%s names the parameter that is wrong and never breaks', async (path, asker, names) => {
    const headers = at().signedIn.get(asker)!
    const broken: string[] = []
    for (const name of names)
      await Promise.all(
        hostile
          .filter(value => typeof value !== 'object')
          .map(async value => {
            const query = new URLSearchParams({ [name]: String(value) })
            const asked = under('shenzhen', `${path}?${query}`)
            const answer = await at().http({ method: 'GET', path: asked, headers })
            if (!isSound(answer)) broken.push(`${name} = ${JSON.stringify(value)}: ${answer.text}`)
            if (answer.status === 400)
              expect(JSON.stringify(answer.body.params)).toContain(`querystring/${name}`)
          }),
      )
    expect(broken).toEqual([])
  })

  it('an id that is none is named, and only to those who may ask', async () => {
    for (const line of expectations.filter(({ route }) => route.includes('{'))) {
      const [method, pattern] = line.route.split(' ')
      const name = /\{(\w+)\}/.exec(pattern!)![1]
      const { body } = await requests[line.route]!(at().stage.own, undefined)
      for (const id of ['1', '%00', "x'", '../x', newId().slice(1)]) {
        const path = under('shenzhen', pattern!.replace(/\{\w+\}/, encodeURIComponent(id)))
        const send = { method: method!, path, ...(body ? { body } : {}) }
        const asked = await at().http({ ...send, headers: keyed(at().signedIn.get(asksRightly(line))!) })
        expect([line.route, id, asked.status, asked.body.params]).toMatchObject([
          line.route,
          id,
          400,
          { fields: expect.arrayContaining([`params/${name}`]) },
        ])
        if (line.open === undefined)
          expect((await at().http({ ...send, headers: keyed({}) })).status).toBe(401)
      }
    }
  })
}
