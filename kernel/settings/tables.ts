export interface SettingTable {
  programme_id: string
  key: string
  version: number
  value: unknown
  changed_at: Date
  changed_by: string
}

declare module '../database/tables.ts' {
  interface Tables {
    setting: SettingTable
  }
}
