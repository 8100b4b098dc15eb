import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { defineJob, type Job } from '../jobs/define.ts'
import type { Metric } from './define.ts'
import type { Means } from './keep.ts'
import { rebuildChanged } from './rebuild.ts'

export interface MetricKit extends Means {
  readonly batch: Database
}

/** Fills the cells of metrics that are new in an old log, or whose definition has changed, beside the work. */
export const followMetrics = (metrics: readonly Metric[]): Job<MetricKit> =>
  defineJob<MetricKit, z.ZodObject>({
    name: 'metric.follow',
    payload: z.object({}),
    recurring: { at: '* * * * *' },
    run: async ({ kit, scope, signal }) => {
      await rebuildChanged(kit.batch, scope, metrics, kit, { signal })
    },
  })
