import type { AreaLevel } from './area.ts'
import type { OrganisationType } from './organisation-types.ts'
import type { Role } from './roles.ts'

declare module '../database/tables.ts' {
  interface Tables {
    area: AreaRow
    organisation: OrganisationRow
    organisation_past: OrganisationPastRow
    member: MemberRow
    membership: MembershipRow
    api_client: ApiClientRow
    access_audit: AccessAuditRow
  }
}

/** Dates are `YYYY-MM-DD`; `valid_to` is always the first day (or instant) no longer valid. */
export interface AreaRow {
  code: string
  name_zh: string
  name_en: string
  level: AreaLevel
  parent_code: string | null
  path: string
  lng: number | null
  lat: number | null
  valid_from: string
  valid_to: string | null
  replaced_by: string | null
  assisted832: boolean
  delisted_year: number | null
}

export interface OrganisationRow {
  programme_id: string
  id: string
  key: string
  name_zh: string
  name_en: string
  type: OrganisationType
  area_code: string
  parent_id: string | null
  valid_from: string
  valid_to: string | null
  successor_id: string | null
  recorded_at: Date
  invented: boolean
}

export interface OrganisationPastRow {
  programme_id: string
  organisation_id: string
  valid_from: string
  valid_to: string
  name_zh: string
  name_en: string
  parent_id: string | null
  area_code: string | null
  recorded_at: Date
  id: string
}

export interface MemberRow {
  programme_id: string
  id: string
  account_id: string
  display_name: Buffer
  created_at: Date
  closed_at: Date | null
}

export interface MembershipRow {
  programme_id: string
  id: string
  member_id: string
  role: Role
  organisation_id: string | null
  area_code: string | null
  valid_from: Date
  valid_to: Date | null
  granted_by: string
}

export interface ApiClientRow {
  programme_id: string
  id: string
  name: string
  kind: 'client' | 'device'
  organisation_id: string
  role: Role
  scopes: string[]
  secret_hash: Buffer
  public_key: Buffer | null
  created_at: Date
  revoked_at: Date | null
}

export interface AccessAuditRow {
  programme_id: string
  id: string
  at: Date
  actor_id: string
  action: string
  subject_type: string
  subject_id: string
  fields: string[]
  purpose: string
  request_id: string
}
