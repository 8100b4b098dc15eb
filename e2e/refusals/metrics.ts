import { metrics } from '@silian/chains/declared.ts'
import type { Role } from '@silian/kernel/access/roles.ts'
import { isClosable, type Metric } from '@silian/kernel/metric/define.ts'
import type { Expectation } from './expectations.ts'

/** What each declared metric's routes are expected to tell: derived, so that a new one has its lines. */
export const metricExpectations: readonly Expectation[] = [
  { route: 'GET /metrics', action: 'metric.list', open: 'everyone but client', about: 'nothing' },
  ...metrics.flatMap(metric => [
    ...['values', 'values.csv', 'values.xlsx'].map(path => lineOf(metric, path, `metric.${metric.name}`)),
    ...(metric.facts ? [lineOf(metric, 'facts', `metric.${metric.name}.facts`)] : []),
    ...(metric.facts && isClosable(metric) ? [lineOf(metric, 'share', `metric.${metric.name}.facts`)] : []),
  ]),
]

/** The small world has published no figure: there is no share of any. */
function neverOf(path: string): Pick<Expectation, 'always'> {
  return path === 'share' ? { always: '404 share.not_found' } : {}
}

function lineOf(metric: Metric, path: string, action: string): Expectation {
  const line = {
    route: `GET /metrics/${metric.name}/${path}`,
    action,
    about: 'nothing' as const,
    ...neverOf(path),
  }
  const isGuarded = path === 'facts' || path === 'share'
  const granted = isGuarded ? metric.facts : metric.read
  if (!isGuarded && metric.open !== false) return { ...line, open: 'everyone but client' }
  const roles = Object.entries(granted ?? {}) as [Role, string | readonly string[]][]
  const reaching = (everything: boolean) =>
    roles.filter(([, reach]) => [reach].flat().includes('programme') === everything).map(([role]) => role)
  return { ...line, own: reaching(false), all: reaching(true) }
}

/** How each is asked. */
export const metricRequests = Object.fromEntries(
  metricExpectations.map(({ route }) => {
    const path = route.slice('GET '.length)
    const asked = path.endsWith('/share') ? `${path}?period=2025-10&fact=0` : `${path}?period=2025-10`
    return [route, () => ({ path: /\/(facts|share)$/.test(path) ? asked : path })]
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
