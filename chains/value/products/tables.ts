export interface ProductTable {
  programme_id: string
  id: string
  key: string
  name_zh: string
  name_en: string
  class: string
  county_code: string
  area_path: string
  cooperative_id: string
  unit: 'g' | 'piece'
  story_zh: string
  story_en: string
  source: string
  recognised_from: string | null
  recognised_to: string | null
  created_at: Date
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    product: ProductTable
  }
}
