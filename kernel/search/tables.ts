export interface SearchEntryTable {
  programme_id: string
  kind: string
  id: string
  title_zh: string
  title_en: string
  note: string
  words: string
  area_path: string | null
  organisation_ids: string[]
}

declare module '../database/tables.ts' {
  interface Tables {
    search_entry: SearchEntryTable
  }
}
