declare module '../database/tables.ts' {
  interface Tables {
    subject_key: SubjectKeyTable
  }
}

export interface SubjectKeyTable {
  programme_id: string
  subject_id: string
  sealed_key: Buffer | null
  destroyed_at: Date | null
}
