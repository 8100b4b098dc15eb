export interface CitedFigureTable {
  programme_id: string
  key: string
  row_id: string
  quote_zh: string
  label_en: string
  value: string
  unit: string
  as_of: string
  fact_id: string
}

export interface CitedRatioTable {
  programme_id: string
  key: string
  label_zh: string
  label_en: string
  value: string
  printed: string
  unit: string
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    cited_figure: CitedFigureTable
    cited_ratio: CitedRatioTable
  }
}
