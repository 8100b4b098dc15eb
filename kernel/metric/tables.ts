export interface MetricCellTable {
  programme_id: string
  metric: string
  period: string
  dims: string[]
  sum: number
  count: number
}

export interface MetricCloseTable {
  programme_id: string
  metric: string
  period: string
  up_to: number
  fact_id: string
  total: number
  count: number
  closed_at: Date
}

declare module '../database/tables.ts' {
  interface Tables {
    metric_cell: MetricCellTable
    metric_close: MetricCloseTable
  }
}
