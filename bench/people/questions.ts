import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import type { RegisterPage, RegisterShape } from '@silian/kernel/register/contract.ts'
import type { PeopleSide } from './side.ts'

export interface Question {
  readonly what: string
  /** User name in the small world; empty for the public. */
  readonly who: string
  readonly path: string
}

const fixed: readonly Question[] = [
  { what: 'orders, all', who: 'auditor', path: '/orders?limit=50' },
  { what: 'orders of a unit', who: 'buyer', path: '/orders?limit=50' },
  { what: 'orders of a district', who: 'district', path: '/orders?limit=50' },
  { what: 'sales of a co-op', who: 'coop', path: '/orders?limit=50' },
  { what: 'offers', who: '', path: '/offers?limit=50' },
  { what: 'inbox', who: 'county', path: '/inbox?limit=50' },
  { what: 'search', who: 'county', path: `/search?q=${encodeURIComponent('芒果')}` },
]

/** Whatever is declared is asked: a new register or metric is measured without a line here. */
export async function questions(side: PeopleSide): Promise<Question[]> {
  const registers = (await side.ask('auditor', '/registers')).body as RegisterShape[]
  const metrics = (await side.ask('taskforce', '/metrics')).body as MetricShape[]
  const asked: Question[] = [...fixed]
  for (const register of registers) asked.push(...(await ofRegister(side, register)))
  for (const metric of metrics) asked.push(...ofMetric(metric))
  return asked
}

async function ofRegister(side: PeopleSide, { name, columns }: RegisterShape): Promise<Question[]> {
  const path = `/registers/${name}?limit=50`
  const { body } = await side.ask('auditor', path)
  const first = (body as RegisterPage).items[0]
  const ask = (what: string, more: string, who = 'auditor'): Question => ({
    what: `${name}, ${what}`,
    who,
    path: path + more,
  })
  if (!first) return [ask('empty', '')]
  const filters = columns.filter(column => column.filter && plainValue(first.values, column) !== null)
  return [
    ask('all', ''),
    ...filters.map(column =>
      ask(`by ${column.name}`, `&${column.name}=${encodeURIComponent(plainValue(first.values, column)!)}`),
    ),
    ...columns
      .filter(({ sort }) => sort)
      .flatMap(column => [
        ask(`sorted by ${column.name}`, `&sort=${column.name}`),
        ask(`sorted down by ${column.name}`, `&sort=-${column.name}`),
      ]),
  ]
}

function plainValue(
  values: Readonly<Record<string, unknown>>,
  { name, personal }: ColumnShape,
): string | null {
  const value = values[name]
  // a masked value is not what is looked for
  if (value === null || value === undefined || personal === 'personal' || personal === 'sensitive')
    return null
  return String(value)
}

const ofMetric = ({ name, dimensions }: MetricShape): Question[] => [
  { what: name, who: 'taskforce', path: `/metrics/${name}/values?from=2025-01&to=2025-12` },
  ...dimensions.map(dimension => ({
    what: `${name} by ${dimension.name}`,
    who: 'taskforce',
    path: `/metrics/${name}/values?from=2025-01&to=2025-12&by=${dimension.name}`,
  })),
]
