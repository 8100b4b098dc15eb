import type { Rendered, Section } from './contract.ts'

export interface BulletinTable {
  programme_id: string
  id: string
  month: string
  title: string
  state: 'draft' | 'published'
  version: number
  sections: Section[]
  figures: Rendered[]
  drafted_at: Date
  drafted_by: string
  published_at: Date | null
  fact_id: string | null
  content_hash: string | null
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    bulletin: BulletinTable
  }
}
