import { z } from 'zod'
import type { Grant, Permit } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import type { Database, Reader } from '../database/database.ts'
import { languages, type Words } from '../declared/words.ts'
import type { Recorder } from '../fact/record.ts'
import { fileAnswer } from '../http/file-answer.ts'
import { type Route, route } from '../http/route.ts'
import { month, pageQuery } from '../http/shapes.ts'
import { ok } from '../result/result.ts'
import { monthOf } from '../time/shanghai.ts'
import { factsAction, readAction } from './actions.ts'
import { areaViews, type MetricShape, metricFacts, metricShapes, metricValues, period } from './contract.ts'
import { dimensionsOf, isClosable, type Metric, partsOf, typesOf } from './define.ts'
import { readFacts } from './facts.ts'
import type { Means } from './keep.ts'
import { type Asker, oneSnapshot, type Query, readMetric, upTo } from './read.ts'
import { shareRoute } from './share-route.ts'
import { metricSheet } from './sheet.ts'

export interface MetricMeans extends Means {
  readonly app: Database
  readonly permit: Permit
  readonly words: Words
  readonly recorder: Recorder
}

/** Who may do what with each metric, for the one table of permissions. */
export const metricGrants = (metrics: readonly Metric[]): Grant[] => [
  { action: 'metric.list', roles: { public: 'programme' } },
  ...metrics.flatMap(metric => [
    {
      action: readAction(metric),
      roles: metric.open === false ? (metric.read ?? {}) : { public: 'programme' as const },
    },
    ...(metric.facts ? [{ action: factsAction(metric), roles: metric.facts }] : []),
  ]),
]

/** The routes of every declared metric. */
export const metricRoutes = (metrics: readonly Metric[], means: MetricMeans): Route[] => [
  route({
    method: 'GET',
    path: '/metrics',
    action: 'metric.list',
    summary: '指标目录 Definitions of metrics',
    answer: metricShapes,
    handle: async ({ scope, principal }) => {
      const readable = metrics.filter(metric => means.permit(principal, readAction(metric)).ok)
      return ok(await means.app.read(scope, tx => Promise.all(readable.map(shapeOf(tx, means, principal)))))
    },
  }),
  ...metrics.flatMap(metric => routesOf(metric, means)),
]

const shapeOf =
  (tx: Reader, { permit }: MetricMeans, principal: Principal) =>
  async (metric: Metric): Promise<MetricShape> => ({
    name: metric.name,
    kind: metric.kind,
    unit: metric.unit,
    dimensions: dimensionsOf(metric).map(({ name, kind }) => ({ name, kind })),
    facts: metric.kind === 'ratio' ? [] : typesOf(metric),
    of: metric.kind === 'ratio' ? partsOf(metric).map(part => part.name) : [],
    whole: metric.kind === 'ratio' ? (metric.whole ?? 10_000) : 1,
    edges: metric.kind === 'spread' ? [...metric.edges] : [],
    open: metric.open !== false,
    guarded: metric.guard !== undefined,
    opens: metric.facts !== undefined && permit(principal, factsAction(metric)).ok,
    provable: isClosable(metric),
    upTo: await upTo(tx, partsOf(metric)),
  })

function routesOf(metric: Metric, means: MetricMeans): Route[] {
  const values = route({
    method: 'GET',
    path: `/metrics/${metric.name}/values`,
    action: readAction(metric),
    summary: `指标数值 ${metric.name}`,
    query: valuesQuery(metric),
    answer: metricValues,
    handle: ({ scope, principal, reach, query }) =>
      means.app.read(scope, async tx => {
        await oneSnapshot(tx)
        return readMetric(tx, metric, queryOf(query), asker(metric, means, principal, reach))
      }),
  })
  const sheets = (['csv', 'xlsx'] as const).map(as => sheetRoute(metric, means, as))
  const share = metric.facts && isClosable(metric) ? [shareRoute(metric, means)] : []
  return [values, ...sheets, ...(metric.facts ? [factsRoute(metric, means)] : []), ...share]
}

const sheetRoute = (metric: Metric, means: MetricMeans, as: 'csv' | 'xlsx'): Route =>
  route({
    method: 'GET',
    path: `/metrics/${metric.name}/values.${as}`,
    action: readAction(metric),
    summary: `指标数值 ${metric.name}, ${as}`,
    query: valuesQuery(metric).extend({ language: z.enum(languages).default('zh') }),
    answer: fileAnswer,
    stream: true,
    handle: ({ scope, principal, reach, query: { language, ...query } }) =>
      means.app.read(scope, async tx => {
        await oneSnapshot(tx)
        const values = await readMetric(tx, metric, queryOf(query), asker(metric, means, principal, reach))
        return values.ok
          ? ok(metricSheet(metric, values.value, { as, language, words: means.words }))
          : values
      }),
  })

const factsRoute = (metric: Metric, means: MetricMeans): Route =>
  route({
    method: 'GET',
    path: `/metrics/${metric.name}/facts`,
    action: factsAction(metric),
    summary: `指标构成 ${metric.name}: what a cell is made of`,
    query: pageQuery.extend({
      period: period.optional(),
      from: month.optional(),
      to: month.optional(),
      view: z.enum(areaViews).optional(),
      upTo: z.coerce.number().int().min(0).optional(),
      part: z.enum(['over', 'under']).optional(),
      after: z.coerce.number().int().min(0).optional(),
      ...dimensionValues(metric),
    }),
    answer: metricFacts,
    handle: async ({
      scope,
      reach,
      query: { period: asked, from, to, view, upTo, part, after, limit, ...rest },
    }) => {
      const cut = { from, to, view, upTo, part, after, limit, where: given(rest) }
      return ok(
        await means.app.read(scope, tx =>
          readFacts(tx, metric, { period: asked ?? monthOf(tx.at), ...cut }, reach, means),
        ),
      )
    },
  })

export const valuesQuery = (metric: Metric) =>
  z.object({
    from: month.optional(),
    to: month.optional(),
    grain: z.enum(['month', 'quarter', 'year']).optional(),
    level: z.enum(['province', 'city', 'county']).optional(),
    view: z.enum(areaViews).optional(),
    by: z.union([z.string(), z.array(z.string()).max(10)]).optional(),
    ...dimensionValues(metric),
  })

const dimensionValues = (metric: Metric): Record<string, z.ZodOptional<z.ZodString>> =>
  Object.fromEntries(
    Object.keys(metric.dimensions).map(name => [name, z.string().min(1).max(64).optional()] as const),
  )

export function queryOf(query: z.output<ReturnType<typeof valuesQuery>>): Query {
  const { from, to, grain, level, view, by = [], ...rest } = query
  const where = given(rest as Record<string, string | undefined>)
  return { from, to, grain, level, view, by: typeof by === 'string' ? [by] : by, where }
}

const given = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )

/** Cells of few people are told in full only to who may open all of them into facts anyway. */
export function asker(
  metric: Metric,
  { permit }: MetricMeans,
  principal: Principal,
  reach: Asker['reach'],
): Asker {
  const may = metric.facts ? permit(principal, factsAction(metric)) : undefined
  return { reach, seesAll: may?.ok === true && may.value.everything }
}
