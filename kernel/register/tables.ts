declare module '../database/tables.ts' {
  interface Tables {
    register_past: RegisterPastTable
    register_proposal: RegisterProposalTable
    register_succession: RegisterSuccessionTable
    register_search: RegisterSearchTable
    saved_view: SavedViewTable
  }
}

export interface RegisterPastTable {
  programme_id: string
  register: string
  row_id: string
  version: number
  valid_from: string
  valid_to: string
  recorded_at: Date
  recorded_by: string
  state: Record<string, unknown>
  parts: Record<string, Record<string, unknown>[]>
}

export interface RegisterProposalTable {
  programme_id: string
  id: string
  register: string
  row_id: string
  plain: Record<string, unknown>
  sealed: Record<string, string>
  proposed_at: Date
  proposed_by: string
  state: 'open' | 'accepted' | 'declined'
  decided_at: Date | null
  decided_by: string | null
  /** Of the release before; `note_sealed` since. */
  note: string | null
  note_sealed: Buffer | null
}

export interface RegisterSuccessionTable {
  programme_id: string
  register: string
  from_id: string
  to_id: string
  passed_on: string
  reason: string
  recorded_at: Date
  recorded_by: string
}

export interface RegisterSearchTable {
  programme_id: string
  register: string
  row_id: string
  area_path: string | null
  organisation_ids: string[]
  words: string
  pieces: number[]
}

export interface SavedViewTable {
  programme_id: string
  id: string
  actor_id: string
  register: string
  title: string
  query: string
  columns: string[]
  saved_at: Date
}
