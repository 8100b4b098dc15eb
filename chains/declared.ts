import type { Metric } from '@silian/kernel/metric/define.ts'
import { indicators } from './assurance/indicators/metrics.ts'

/** Every declared metric: what stands here has its cells, routes, permissions, pages and check. */
export const metrics: readonly Metric[] = [...indicators]
