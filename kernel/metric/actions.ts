import type { Metric } from './define.ts'

/** The action that reads a metric, and the one that opens its cells into facts. */
export const readAction = ({ name }: Metric): string => `metric.${name}`
export const factsAction = ({ name }: Metric): string => `metric.${name}.facts`
