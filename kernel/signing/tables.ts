export interface OwnKeyTable {
  programme_id: string
  key_id: string
  kind: 'browser' | 'client'
  label: string
  registered_by: string
  revoked_by: string | null
  revoked_why: string | null
}

declare module '../database/tables.ts' {
  interface Tables {
    own_key: OwnKeyTable
  }
}
