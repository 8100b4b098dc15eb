/** What others read of households; all columns are in the declaration. */
export interface HouseholdTable {
  programme_id: string
  id: string
  code: string
  village_code: string
  area_path: string
  class: string
  cause: string
  member_count: number
  valid_from: string
  valid_to: string | null
}

export interface HouseholdMemberTable {
  programme_id: string
  id: string
  household_id: string
  no: number
  name: Buffer
  relation: string
  sex: string
  birth_year: number | null
  labour: string
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    household: HouseholdTable
    household_member: HouseholdMemberTable
  }
}
