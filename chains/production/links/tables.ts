import type { ColumnType } from 'kysely'
import type { LinkFormula } from './contract.ts'

export interface LinkProposalTable {
  programme_id: string
  id: string
  cooperative_id: string
  household_id: string
  area_path: string
  formula: ColumnType<LinkFormula, string, never>
  starts_on: string
  ends_on: string
  state: 'waiting' | 'consented' | 'declined'
  proposed_at: Date
  leaf: Buffer
  way: 'paper' | 'sms' | null
  photo_id: string | null
  answered_at: Date | null
  answered_by: string | null
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    link_proposal: LinkProposalTable
  }
}
