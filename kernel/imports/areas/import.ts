import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type AreaInput, putAreas } from '../../access/areas.ts'
import type { AreaRow } from '../../access/tables.ts'
import type { Database, Reader, Scope, Writer } from '../../database/database.ts'
import { must, ok, type Result } from '../../result/result.ts'
import type { ImportKind, NumberedRow, Written } from '../kind.ts'
import { type ImportOptions, type ImportRefusal, type ImportReport, runImport } from '../run.ts'
import {
  areasAbove,
  type Change,
  type County,
  countyColumns,
  faultOfCounty,
  type Resolved,
  resolveCounty,
} from './rules.ts'

const scope: Scope = { programme: 'platform', actor: 'system' }

const changeFile = z.array(
  z.object({
    code: z.string(),
    name: z.string(),
    currentName: z.string(),
    newCode: z.string().nullable(),
  }),
)

export interface AreaOptions extends ImportOptions {
  /** The day by which the changes had been made, which the list itself does not date. */
  readonly changedBy?: string
}

export interface AreasReport extends ImportReport {
  /** Counties marked as assisted, all in all: 832 when the list is whole. */
  readonly assisted: number
  /** Listed codes that were replaced by others. */
  readonly replaced: number
  /** Areas that bear another name than before. */
  readonly renamed: number
  /** Codes of changes that fit no listed county. */
  readonly unmatched: readonly string[]
}

/**
 * Reads the list of assisted counties (CSV) and what became of them since (JSON) into the reference table `area`, with
 * the provinces and prefectures above them; needs the batch role. Areas that exist keep their English name, their
 * dates and their parent.
 */
export async function importAreas(
  batch: Database,
  pathCounties: string,
  pathChanges: string,
  { changedBy = '2023-06-30', ...options }: AreaOptions = {},
): Promise<Result<AreasReport, ImportRefusal>> {
  const bytes = await readFile(pathChanges)
  const changes = new Map(
    changeFile.parse(JSON.parse(bytes.toString('utf8'))).map(change => [change.code, change]),
  )
  const fingerprint = `${createHash('sha256').update(bytes).digest('hex')} ${changedBy}`
  const result = await runImport(
    batch,
    scope,
    areaKind(changes, changedBy, fingerprint),
    pathCounties,
    options,
  )
  if (!result.ok) return result
  return ok({ ...result.value, ...(await batch.read(scope, tx => standing(tx, [...changes.keys()]))) })
}

const areaKind = (
  changes: ReadonlyMap<string, Change>,
  changedBy: string,
  fingerprint: string,
): ImportKind<typeof countyColumns> => ({
  name: 'areas',
  columns: countyColumns,
  fingerprint,
  check: faultOfCounty,
  write: (tx, rows) => writeCounties(tx, rows, changes, changedBy),
})

async function writeCounties(
  tx: Writer,
  rows: readonly NumberedRow<County>[],
  changes: ReadonlyMap<string, Change>,
  changedBy: string,
): Promise<Written> {
  const above = rows.flatMap(({ row }) => areasAbove(row))
  const counties = rows.map(({ row }) => resolveCounty(row, changes.get(row.code), changedBy))
  const successors = counties.flatMap(({ successor }) => successor ?? [])
  const wanted = [...above, ...successors, ...counties.map(({ area }) => area)]
  const known = await knownAreas(tx, wanted)
  // a successor that is itself listed comes with its own row
  const listed = new Set(counties.map(({ area }) => area.code))
  const missing = [...above, ...successors].filter(({ code }) => !known.has(code) && !listed.has(code))
  const changed = counties.map(({ area }) => area).filter(area => !isSame(area, known.get(area.code)))
  const inputs = new Map(
    [...missing, ...changed.map(area => onto(area, known.get(area.code)))].map(a => [a.code, a]),
  )
  if (inputs.size > 0) must(await putAreas(tx, [...inputs.values()]))
  await keepFormerNames(tx, counties)
  return { added: changed.length }
}

async function knownAreas(tx: Reader, wanted: readonly AreaInput[]): Promise<Map<string, AreaRow>> {
  const codes = [...new Set(wanted.map(({ code }) => code))]
  const rows = await tx.query<AreaRow>('select * from area where code = any($1)', [codes])
  return new Map(rows.map(row => [row.code, row]))
}

const isSame = (area: AreaInput, row: AreaRow | undefined): boolean =>
  row !== undefined &&
  row.name_zh === area.nameZh &&
  row.assisted832 &&
  row.delisted_year === area.delistedYear &&
  row.lng === (area.lng ?? row.lng) &&
  row.lat === (area.lat ?? row.lat) &&
  row.replaced_by === (area.replacedBy ?? null) &&
  row.valid_to === (area.validTo ?? null)

/** What the list says, over what is known already and the list does not say. */
function onto(area: AreaInput, row: AreaRow | undefined): AreaInput {
  if (!row) return area
  return {
    ...(row.lng === null ? {} : { lng: row.lng }),
    ...(row.lat === null ? {} : { lat: row.lat }),
    ...area,
    nameEn: row.name_en === row.name_zh ? area.nameEn : row.name_en,
    parentCode: row.parent_code,
    validFrom: row.valid_from,
  }
}

async function keepFormerNames(tx: Writer, counties: readonly Resolved[]): Promise<void> {
  const renamed = counties.filter(({ formerName }) => formerName !== undefined)
  await tx.query(
    `insert into area_former_name (code, name_zh) select * from unnest($1::text[], $2::text[]) on conflict do nothing`,
    [renamed.map(({ area }) => area.code), renamed.map(({ formerName }) => formerName)],
  )
}

async function standing(
  tx: Reader,
  changed: readonly string[],
): Promise<Pick<AreasReport, 'assisted' | 'replaced' | 'renamed' | 'unmatched'>> {
  const [counts] = await tx.query<Pick<AreasReport, 'assisted' | 'replaced' | 'renamed'>>(
    `select count(*) filter (where assisted832) as assisted,
       count(*) filter (where assisted832 and replaced_by is not null) as replaced,
       (select count(distinct code) from area_former_name) as renamed
     from area`,
  )
  const unmatched = await tx.query<{ code: string }>(
    `select c.code from unnest($1::text[]) as c (code) left join area a on a.code = c.code and a.assisted832
     where a.code is null order by 1`,
    [changed],
  )
  return { ...counts!, unmatched: unmatched.map(({ code }) => code) }
}
