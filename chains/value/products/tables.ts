import type { Generated } from 'kysely'
import type { Mark } from './contract.ts'

export interface ProductTable {
  programme_id: string
  id: string
  key: string
  name_zh: string
  name_en: string
  class: string
  variety: Generated<string>
  grade: Generated<string>
  marks: Generated<Mark[]>
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

/** A reference table: the same for all programmes. */
export interface ProduceClassTable {
  path: string
  level: number
  name_zh: string
  name_en: string
  synonyms: string[]
  market_items: string[]
}

export interface ProductCertificateTable {
  programme_id: string
  id: string
  product_id: string
  kind: string
  number: string
  issuer: string
  valid_to: string | null
  source: string
  created_at: Date
}

export interface ProductMediaTable {
  programme_id: string
  id: string
  product_id: string
  place: number
  alt_zh: string
  alt_en: string
  small_id: string
  middle_id: string
  large_id: string
  width: number
  height: number
  added_by: string
  added_at: Date
  removed_at: Date | null
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    product: ProductTable
    produce_class: ProduceClassTable
    product_certificate: ProductCertificateTable
    product_media: ProductMediaTable
  }
}
