export interface MetricCellTable {
  programme_id: string
  /** With its generation: `completed_purchases@2`. */
  metric: string
  period: string
  dims: string[]
  sum: number
  count: number
}

export interface MetricGenerationTable {
  programme_id: string
  metric: string
  generation: number
  digest: string
  state: 'filling' | 'current' | 'past'
  next_index: number
  stopped_at: number | null
  stopped_code: string | null
  made_at: Date
}

export interface MetricFactTable {
  programme_id: string
  metric: string
  period: string
  chunk: number
  dims: string[]
  indexes: number[]
}

export interface MetricSubjectTable {
  programme_id: string
  metric: string
  subject: Buffer
  period: string
  dims: string[]
}

export interface MetricCloseTable {
  programme_id: string
  /** As the log calls it. */
  metric: string
  period: string
  up_to: number
  fact_id: string
  total: number
  count: number
  closed_at: Date
}

export interface FigureLeafTable {
  programme_id: string
  metric: string
  period: string
  side: 'plus' | 'minus'
  chunk: number
  first: Buffer
  count: number
  sum: number
  hash: Buffer
  leaves: Buffer
}

declare module '../database/tables.ts' {
  interface Tables {
    figure_leaf: FigureLeafTable
    metric_cell: MetricCellTable
    metric_close: MetricCloseTable
    metric_fact: MetricFactTable
    metric_generation: MetricGenerationTable
    metric_subject: MetricSubjectTable
  }
}
