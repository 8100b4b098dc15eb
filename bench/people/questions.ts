import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import type { RegisterPage, RegisterRow, RegisterShape } from '@silian/kernel/register/contract.ts'
import { nameOf } from './fill/people.ts'
import type { PeopleSide, Request } from './side.ts'

export interface Question extends Request {
  readonly what: string
  /** It looks for words. */
  readonly search?: boolean
}

/** Rows of an export that are asked for: a batch of it. */
const BATCH = 1000

const text = encodeURIComponent

const orders: readonly Question[] = [
  { what: 'orders, all', who: 'auditor', path: '/orders?limit=50' },
  { what: 'orders of a unit', who: 'buyer', path: '/orders?limit=50' },
  { what: 'orders of a district', who: 'district', path: '/orders?limit=50' },
  { what: 'sales of a co-op', who: 'coop', path: '/orders?limit=50' },
  ...['in_approval', 'shipped', 'accepted', 'cancelled'].flatMap(state =>
    ['auditor', 'buyer', 'coop'].map(who => ({
      what: `orders ${state} of ${who}`,
      who,
      path: `/orders?limit=50&state=${state}`,
    })),
  ),
  { what: 'orders of a month', who: 'auditor', path: '/orders?limit=50&from=2025-03-01&to=2025-03-31' },
  { what: 'orders that are late', who: 'coop', path: '/orders?limit=50&late=true' },
  { what: 'orders by number', who: 'auditor', path: '/orders?limit=50&text=2025000012345' },
  { what: 'orders by a party', who: 'auditor', path: `/orders?limit=50&text=${text('第一')}` },
  { what: 'settlements', who: 'auditor', path: '/settlements?limit=50' },
  { what: 'settlements of a co-op', who: 'coop', path: '/settlements?limit=50' },
  {
    what: 'settlements of a month',
    who: 'auditor',
    path: '/settlements?limit=50&from=2025-03-01&to=2025-03-31',
  },
  { what: 'payout batches', who: 'finance', path: '/payout-batches?limit=50' },
  { what: 'payout items', who: 'auditor', path: '/payout-items?limit=50' },
  { what: 'payout items of a county', who: 'county', path: '/payout-items?limit=50' },
  { what: 'payout items of a village', who: 'cadre', path: '/payout-items?limit=50' },
  { what: 'payout items open', who: 'auditor', path: '/payout-items?limit=50&open=true' },
  { what: 'payout items open of a village', who: 'cadre', path: '/payout-items?limit=50&open=true' },
]

const goods: readonly Question[] = [
  { what: 'offers', who: '', path: '/offers?limit=50' },
  { what: 'offers of a county', who: '', path: '/offers?limit=50&county=451003' },
  { what: 'offers of a class', who: '', path: `/offers?limit=50&class=${text('fruit')}` },
  { what: 'own offers', who: 'coop', path: '/own-offers?limit=50' },
  { what: 'products', who: 'auditor', path: '/products?limit=50' },
  { what: 'products of a county', who: 'auditor', path: '/products?limit=50&county=451003' },
  { what: 'lots', who: 'auditor', path: '/lots?limit=50' },
  { what: 'lots of a co-op', who: 'coop', path: '/lots?limit=50' },
  { what: 'lots of no place', who: 'coop', path: '/lots?limit=50&place=none' },
  { what: 'lots by place of a co-op', who: 'coop', path: '/lots/places' },
  { what: 'links', who: 'auditor', path: '/links?limit=50' },
  { what: 'links of a co-op', who: 'coop', path: '/links?limit=50' },
  { what: 'links of a county', who: 'county', path: '/links?limit=50' },
  { what: 'organisations', who: 'admin', path: '/organisations?limit=50' },
]

const work: readonly Question[] = [
  { what: 'inbox of a county', who: 'county', path: '/inbox?limit=50' },
  { what: 'inbox of the platform', who: 'reviewer', path: '/inbox?limit=50' },
  { what: 'inbox, overdue', who: 'reviewer', path: '/inbox?limit=50&overdue=true' },
  { what: 'inbox of a process', who: 'reviewer', path: '/inbox?limit=50&process=supplier_entry' },
  { what: 'inbox counts of a county', who: 'county', path: '/inbox/counts' },
  { what: 'inbox counts of the platform', who: 'reviewer', path: '/inbox/counts' },
  { what: 'cases', who: 'auditor', path: '/processes/supplier_entry/cases?limit=50' },
  {
    what: 'cases of a state',
    who: 'auditor',
    path: '/processes/supplier_entry/cases?limit=50&state=platform_review',
  },
  { what: 'cases of a county', who: 'county', path: '/processes/supplier_entry/cases?limit=50' },
  ...['buyer', 'coop', 'finance', 'cadre', 'taskforce', 'county', 'accountant'].map(who => ({
    what: `home of ${who}`,
    who,
    path: '/home',
  })),
  ...[
    '示范果12',
    '示范果',
    '示范合作社1',
    '示范',
    'G0000',
    'G00000123',
    'S00000012',
    '2025000001234',
    'sfg',
  ].map(words => ({
    what: `search for ${words}`,
    who: 'auditor',
    path: `/search?q=${text(words)}`,
    search: true,
  })),
  { what: 'search in a county', who: 'county', path: `/search?q=${text('示范果')}`, search: true },
  { what: 'bulletins', who: '', path: '/bulletins?limit=50' },
  { what: 'figures', who: '', path: '/figures' },
]

/** Who reads the rows of a county or a district; of a register the first of them that may. */
const OFFICES = ['county', 'district'] as const

/**
 * Whatever is declared is asked: a new register or metric is measured without a line here. What is filtered by stands in rows
 * of the side, which had better be the small one: what it has, the large one has too.
 */
export async function questions(side: PeopleSide): Promise<Question[]> {
  const registers = (await side.ask({ who: 'auditor', path: '/registers' })).body as RegisterShape[]
  const metrics = (await side.ask({ who: 'auditor', path: '/metrics' })).body as MetricShape[]
  const asked: Question[] = [...orders, ...goods, ...work]
  const readBy = new Map<string, string[]>()
  for (const who of OFFICES) {
    const own = (await side.ask({ who, path: '/registers' })).body as RegisterShape[]
    readBy.set(
      who,
      own.map(({ name }) => name),
    )
  }
  for (const register of registers) {
    const office = OFFICES.find(who => readBy.get(who)!.includes(register.name))
    asked.push(...(await ofRegister(side, register, office)))
  }
  for (const metric of metrics) asked.push(...ofMetric(metric))
  return asked
}

async function ofRegister(
  side: PeopleSide,
  shape: RegisterShape,
  office: string | undefined,
): Promise<Question[]> {
  const { name, columns } = shape
  const path = `/registers/${name}?limit=50`
  const rows = (
    (await side.ask({ who: 'auditor', path: `/registers/${name}?limit=200` })).body as RegisterPage
  ).items
  const ask = (what: string, more: string, who = 'auditor'): Question => ({
    what: `${name}, ${what}`,
    who,
    path: path + more,
  })
  const sorted = columns.filter(({ sort }) => sort).flatMap(column => [column.name, `-${column.name}`])
  const key = String(rows.at(-1)?.values[shape.key] ?? 'x')
  const inCounty = (what: string, more: string) => (office === undefined ? [] : [ask(what, more, office)])
  return [
    ask('all', ''),
    ...inCounty('of a county', ''),
    ask('ended ones too', '&closed=true'),
    ask('as of a day', '&at=2024-06-30'),
    ask('as of a day before most of it', '&at=2023-06-30'),
    { ...ask('by its number', `&q=${text(key)}`), search: true },
    { ...ask('by the beginning of a number', `&q=${text(key.slice(0, 4))}`), search: true },
    ...columns.filter(({ filter }) => filter).flatMap(column => filtersOf(column, rows, ask, inCounty)),
    ...sorted.map(sort => ask(`sorted by ${sort}`, `&sort=${sort}`)),
    ...sorted.slice(0, 2).flatMap(sort => inCounty(`of a county, sorted by ${sort}`, `&sort=${sort}`)),
    ...(columns.some(({ name: each }) => each === 'headName') ? [finding(name)] : []),
    {
      what: `${name}, first batch of its export`,
      who: 'auditor',
      path: `/registers/${name}/export.csv`,
      rows: BATCH,
    },
  ]
}

const finding = (register: string): Question => ({
  what: `${register}, by a whole name`,
  who: 'auditor',
  path: `/registers/${register}/find`,
  body: { headName: nameOf(17) },
})

const RANGED = new Set(['number', 'year', 'date'])

/** One value, several, a range, and one value in another order. */
function filtersOf(
  column: ColumnShape,
  rows: readonly RegisterRow[],
  ask: (what: string, more: string) => Question,
  inCounty: (what: string, more: string) => Question[],
): Question[] {
  const { name, kind } = column
  const [one, ...others] = wordsFor(column, rows)
  if (one === undefined) return []
  const is = (value: string) => `&${name}=${text(value)}`
  const several = [one, ...others.slice(0, 2)].map(is).join('')
  return [
    ask(`by ${name}`, is(one)),
    ...inCounty(`by ${name}, in a county`, is(one)),
    ...(others.length > 0
      ? [ask(`by ${name}, several`, several), ...inCounty(`by ${name}, several, in a county`, several)]
      : []),
    ...(RANGED.has(kind) ? [ask(`by ${name}, a range`, `&${name}From=${one}&${name}To=${one}`)] : []),
    ...(RANGED.has(kind) ? [ask(`by ${name}, sorted by it`, `&${name}From=${one}&sort=${name}`)] : []),
  ]
}

/** Values that stand in the rows, then other words of the column. */
function wordsFor({ name, personal, of }: ColumnShape, rows: readonly RegisterRow[]): string[] {
  // a masked value is not what is looked for
  if (personal === 'personal' || personal === 'sensitive') return []
  const seen = new Set(
    rows.map(row => row.values[name]).flatMap(value => (value === null ? [] : [value].flat())),
  )
  return [...new Set([...seen].map(String).concat(seen.size > 0 ? of : []))]
}

const YEAR = 'from=2025-01&to=2025-12'

const ofMetric = ({ name, dimensions, opens }: MetricShape): Question[] => {
  const values = `/metrics/${name}/values?${YEAR}`
  const ask = (what: string, path: string): Question => ({ what: `${name} ${what}`, who: 'auditor', path })
  return [
    ask('of a month', `/metrics/${name}/values?from=2025-12&to=2025-12`),
    ask('of a year', values),
    ask('by quarter', `${values}&grain=quarter`),
    ...dimensions.map(dimension => ask(`by ${dimension.name}`, `${values}&by=${dimension.name}`)),
    ...dimensions
      .filter(({ kind }) => kind === 'area')
      .map(dimension => ask('by city', `${values}&by=${dimension.name}&level=city`)),
    ...(opens ? [ask('facts', `/metrics/${name}/facts?period=2025-03&limit=50`)] : []),
  ]
}
