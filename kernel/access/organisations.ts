import type { Reader, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { dropTexts, keepTexts } from '../register/search.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import type { OrganisationType } from './organisation-types.ts'
import type { OrganisationRow } from './tables.ts'

export interface Organisation {
  readonly id: string
  readonly key: string
  readonly nameZh: string
  readonly nameEn: string
  readonly type: OrganisationType
  readonly areaCode: string
  readonly parentId: string | null
  readonly validFrom: string
  /** First day no longer valid. */
  readonly validTo: string | null
  readonly successorId: string | null
  readonly invented: boolean
}

export interface OrganisationInput {
  /** Made by the caller for offline work and repeated imports; otherwise new. */
  readonly id?: string
  /** Short lower-case name that stays the same for ever, e.g. `district.futian`. */
  readonly key: string
  readonly nameZh: string
  readonly nameEn: string
  readonly type: OrganisationType
  readonly areaCode: string
  readonly parentId?: string
  /** Default the day of the transaction. */
  readonly validFrom?: string
  readonly invented?: boolean
}

export type OrganisationRefusal = 'organisation.taken' | 'organisation.not_found' | 'area.not_found'

/** Refuses `organisation.taken` {key} for a key or id in use, `area.not_found`, and `organisation.not_found` for the parent. */
export async function createOrganisation(
  tx: Writer,
  input: OrganisationInput,
): Promise<Result<Organisation, OrganisationRefusal>> {
  if (input.parentId && !(await findOrganisation(tx, input.parentId)))
    return refuse('organisation.not_found', { id: input.parentId })
  if (!(await areaExists(tx, input.areaCode))) return refuse('area.not_found', { code: input.areaCode })
  const [row] = await tx.query<OrganisationRow>(
    `insert into organisation (programme_id, id, key, name_zh, name_en, type, area_code, parent_id, valid_from,
       recorded_at, invented)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning *`,
    [
      tx.programme,
      input.id ?? newId(tx.at.getTime()),
      input.key,
      input.nameZh,
      input.nameEn,
      input.type,
      input.areaCode,
      input.parentId ?? null,
      input.validFrom ?? dateOf(tx.at),
      tx.at,
      input.invented ?? false,
    ],
  )
  if (!row) return refuse('organisation.taken', { key: input.key })
  await findableByName(tx, [row.id])
  return ok(organisationOf(row))
}

/** Organisations are found by what they are called now, those that have ended no more. Two statements for any number. */
export async function findableByName(tx: Writer, ids: readonly string[]): Promise<void> {
  const rows = await tx.query<OrganisationRow & { path: string }>(
    `select o.id, o.key, o.name_zh, o.name_en, o.valid_to, a.path from organisation o
     join area a on a.code = o.area_code where o.programme_id = $1 and o.id = any($2::uuid[])`,
    [tx.programme, ids],
    'organisation-names',
  )
  const [standing, ended] = [rows.filter(row => row.valid_to === null), rows.filter(row => row.valid_to)]
  await keepTexts(
    tx,
    'organisation',
    standing.map(row => ({
      id: row.id,
      texts: [row.name_zh, row.name_en, row.key],
      parties: { areaPath: row.path, organisationIds: [row.id] },
    })),
  )
  if (ended.length > 0)
    await dropTexts(
      tx,
      'organisation',
      ended.map(row => row.id),
    )
}

export async function findOrganisation(tx: Reader, id: string): Promise<Organisation | undefined> {
  const [row] = await tx.query<OrganisationRow>(
    `select programme_id, id, key, name_zh, name_en, type, area_code, parent_id, valid_from, valid_to, successor_id,
       recorded_at, invented from organisation where programme_id = $1 and id = $2`,
    [tx.programme, id],
    'organisation-find',
  )
  return row && organisationOf(row)
}

export async function findOrganisationByKey(tx: Reader, key: string): Promise<Organisation | undefined> {
  const [row] = await tx.query<OrganisationRow>(
    'select * from organisation where programme_id = $1 and key = $2',
    [tx.programme, key],
  )
  return row && organisationOf(row)
}

/** Name, parent and area as they were on a date; undefined before it began and from its end on. */
export async function organisationAt(
  tx: Reader,
  id: string,
  date: string,
): Promise<Pick<Organisation, 'nameZh' | 'nameEn' | 'parentId' | 'areaCode'> | undefined> {
  const [row] = await tx.query<Pick<OrganisationRow, 'name_zh' | 'name_en' | 'parent_id' | 'area_code'>>(
    `select coalesce(p.name_zh, o.name_zh) as name_zh, coalesce(p.name_en, o.name_en) as name_en,
            case when p.id is null then o.parent_id else p.parent_id end as parent_id,
            coalesce(p.area_code, o.area_code) as area_code
       from organisation o
       left join organisation_past p on p.programme_id = $1 and p.organisation_id = $2
         and p.valid_from <= $3 and p.valid_to > $3
      where o.programme_id = $1 and o.id = $2 and o.valid_from <= $3 and (o.valid_to is null or o.valid_to > $3)`,
    [tx.programme, id, date],
  )
  return row && { nameZh: row.name_zh, nameEn: row.name_en, parentId: row.parent_id, areaCode: row.area_code }
}

async function areaExists(tx: Reader, code: string): Promise<boolean> {
  return (await tx.query('select 1 from area where code = $1', [code], 'area-exists')).length > 0
}

export const organisationOf = (row: OrganisationRow): Organisation => ({
  id: row.id,
  key: row.key,
  nameZh: row.name_zh,
  nameEn: row.name_en,
  type: row.type,
  areaCode: row.area_code,
  parentId: row.parent_id,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  successorId: row.successor_id,
  invented: row.invented,
})
