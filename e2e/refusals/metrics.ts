import { metrics } from '@silian/chains/declared.ts'
import type { Role } from '@silian/kernel/access/roles.ts'
import type { Metric } from '@silian/kernel/metric/define.ts'
import type { Expectation } from './expectations.ts'

/** What each declared metric's routes are expected to tell: derived, so that a new one has its lines. */
export const metricExpectations: readonly Expectation[] = [
  { route: 'GET /metrics', action: 'metric.list', open: 'everyone but client', about: 'nothing' },
  ...metrics.flatMap(metric => [
    ...['values', 'values.csv', 'values.xlsx'].map(path => lineOf(metric, path, `metric.${metric.name}`)),
    ...(metric.facts ? [lineOf(metric, 'facts', `metric.${metric.name}.facts`)] : []),
  ]),
]

function lineOf(metric: Metric, path: string, action: string): Expectation {
  const line = { route: `GET /metrics/${metric.name}/${path}`, action, about: 'nothing' as const }
  const granted = path === 'facts' ? metric.facts : metric.read
  if (path !== 'facts' && metric.open !== false) return { ...line, open: 'everyone but client' }
  const roles = Object.entries(granted ?? {}) as [Role, string | readonly string[]][]
  const reaching = (everything: boolean) =>
    roles.filter(([, reach]) => [reach].flat().includes('programme') === everything).map(([role]) => role)
  return { ...line, own: reaching(false), all: reaching(true) }
}

/** How each is asked. */
export const metricRequests = Object.fromEntries(
  metricExpectations.map(({ route }) => {
    const path = route.slice('GET '.length)
    return [route, () => ({ path: path.endsWith('/facts') ? `${path}?period=2025-10` : path })]
  }),
)

/** Their parameters, one metric of each kind and reach: what they are asked with is the same for all. */
export const metricQueries: readonly (readonly [string, 'auditor' | 'public', readonly string[]])[] = [
  ...[
    'completed_purchases',
    'active_suppliers',
    'household_income',
    'order_value',
    'completed_of_ordered',
  ].map(
    name => [`/metrics/${name}/values`, 'public', ['from', 'to', 'grain', 'level', 'by', 'county']] as const,
  ),
  [
    '/metrics/completed_purchases/facts',
    'auditor',
    ['period', 'after', 'limit', 'county', 'buyerKind', 'part'],
  ],
]
