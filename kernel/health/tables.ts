export interface CheckRunTable {
  programme_id: string
  id: string
  at: Date
  facts: number
  comparisons: number
  differences: number
}

declare module '../database/tables.ts' {
  interface Tables {
    check_run: CheckRunTable
  }
}
