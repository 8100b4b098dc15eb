export interface HouseholdTable {
  programme_id: string
  id: string
  code: string
  village_code: string
  area_path: string
  class: string
  cause: string
  member_count: number
  bank_account: Buffer | null
  registered_at: Date
  closed_at: Date | null
}

export interface HouseholdMemberTable {
  programme_id: string
  id: string
  household_id: string
  no: number
  name: Buffer
  id_number: Buffer
  id_index: Buffer
  phone: Buffer | null
  relation: string
  sex: string
  birth_year: number
  labour: string
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    household: HouseholdTable
    household_member: HouseholdMemberTable
  }
}
