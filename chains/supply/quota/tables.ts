import type { Generated } from 'kysely'

export interface QuotaRuleTable {
  programme_id: string
  id: string
  year: number
  area_code: string
  base: 'canteen_food' | 'union'
  ratio_bp: number
  product_areas: string[]
  channels: ('platform' | 'union' | 'employee')[]
  recognised_only: boolean
  not_below_last: Generated<boolean>
  declare_by: string | null
  source: string
  created_at: Date
}

export interface CanteenTable {
  programme_id: string
  id: string
  name_zh: string
  name_en: string
  area_code: string
  contractor_id: string | null
  created_at: Date
}

export interface CanteenUnitTable {
  programme_id: string
  canteen_id: string
  unit_id: string
  representative: boolean
}

export interface DeclarationTable {
  programme_id: string
  id: string
  unit_id: string
  canteen_id: string | null
  year: number
  rule_id: string
  kind: 'own' | 'outsourced' | 'shared' | 'none'
  base_fen: number
  reserved_fen: number
  state: 'declared' | 'confirmed' | 'returned'
  area_path: string
  target_id: string | null
  declared_at: Date
  decided_at: Date | null
  decision_note: string | null
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    quota_rule: QuotaRuleTable
    canteen: CanteenTable
    canteen_unit: CanteenUnitTable
    declaration: DeclarationTable
  }
}
