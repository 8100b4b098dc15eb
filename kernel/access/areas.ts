import type { Reader, Writer } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { type AreaLevel, ancestorsOf, levelOf } from './area.ts'
import type { AreaRow } from './tables.ts'

export interface AreaInput {
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  /** Default by the code's form. */
  readonly level?: AreaLevel
  /** Default the nearest area by prefix; null only for a province. */
  readonly parentCode?: string | null
  readonly lng?: number
  readonly lat?: number
  /** Default 1949-10-01. */
  readonly validFrom?: string
  /** First day no longer valid. */
  readonly validTo?: string
  readonly replacedBy?: string
  readonly assisted832?: boolean
  readonly delistedYear?: number
}

export type AreaRefusal = 'area.malformed' | 'area.orphan'

/**
 * Writes areas and sets the paths of all; needs the batch role. In one call an area may come before its parent.
 * Refuses `area.malformed` {code} and `area.orphan` {code, parent}.
 */
export async function putAreas(
  tx: Writer,
  inputs: readonly AreaInput[],
): Promise<Result<number, AreaRefusal>> {
  const malformed = inputs.find(input => levelOf(input.code) === undefined)
  if (malformed) return refuse('area.malformed', { code: malformed.code })
  const known = await knownCodes(tx, inputs)
  const rows = inputs.map(input => rowOf(input, known))
  for (const row of rows)
    for (const code of [row.parent_code, row.replaced_by])
      if (code !== null && !known.has(code)) return refuse('area.orphan', { code: row.code, parent: code })
  const lost = rows.find(row => row.parent_code === null && row.level !== 'province')
  if (lost) return refuse('area.orphan', { code: lost.code, parent: '' })
  await tx.query(upsert, [JSON.stringify(rows)])
  await tx.query(setPaths)
  return ok(rows.length)
}

/** The codes of this call and those of its possible parents that exist already. */
async function knownCodes(tx: Reader, inputs: readonly AreaInput[]): Promise<Set<string>> {
  const wanted = inputs.flatMap(input => [
    ...ancestorsOf(input.code, levelFor(input)),
    ...[input.parentCode, input.replacedBy].filter(code => typeof code === 'string'),
  ])
  const rows = await tx.query<{ code: string }>('select code from area where code = any($1)', [
    [...new Set(wanted)],
  ])
  return new Set([...rows.map(row => row.code), ...inputs.map(input => input.code)])
}

const levelFor = (input: AreaInput): AreaLevel => input.level ?? levelOf(input.code)!

type Written = Omit<AreaRow, 'path'>

function rowOf(input: AreaInput, known: ReadonlySet<string>): Written {
  const level = levelFor(input)
  const nearest = () => ancestorsOf(input.code, level).find(code => known.has(code)) ?? null
  return {
    code: input.code,
    name_zh: input.nameZh,
    name_en: input.nameEn,
    level,
    parent_code: input.parentCode === undefined ? nearest() : input.parentCode,
    lng: input.lng ?? null,
    lat: input.lat ?? null,
    valid_from: input.validFrom ?? '1949-10-01',
    valid_to: input.validTo ?? null,
    replaced_by: input.replacedBy ?? null,
    assisted832: input.assisted832 ?? false,
    delisted_year: input.delistedYear ?? null,
  }
}

// paths of new rows are set by the next statement, once all are there
const upsert = `
  insert into area (code, name_zh, name_en, level, parent_code, path, lng, lat, valid_from, valid_to, replaced_by,
                    assisted832, delisted_year)
  select code, name_zh, name_en, level, parent_code, code, lng, lat, valid_from, valid_to, replaced_by, assisted832,
         delisted_year
    from jsonb_to_recordset($1::jsonb) as r (code text, name_zh text, name_en text, level text, parent_code text,
      lng float8, lat float8, valid_from date, valid_to date, replaced_by text, assisted832 boolean, delisted_year int)
  on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, level = excluded.level,
    parent_code = excluded.parent_code, lng = excluded.lng, lat = excluded.lat, valid_from = excluded.valid_from,
    valid_to = excluded.valid_to, replaced_by = excluded.replaced_by, assisted832 = excluded.assisted832,
    delisted_year = excluded.delisted_year`

const segment = `left(a.code, case a.level when 'province' then 2 when 'prefecture' then 4 when 'county' then 6
  when 'township' then 9 else 12 end)`

const setPaths = `
  with recursive tree as (
    select a.code, ${segment} as path from area a where a.parent_code is null and a.replaced_by is null
    union all
    select a.code, tree.path || '/' || ${segment} from area a
      join tree on tree.code = coalesce(a.replaced_by, a.parent_code))
  update area set path = tree.path from tree where area.code = tree.code and area.path <> tree.path`

/** Each with the names above it, as an address begins: 广东省深圳市福田区. */
export async function wholeNames(tx: Reader, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ code: string; name: string }>(
    `select a.code, string_agg(b.name_zh, '' order by length(b.path)) as name from area a
     join area b on b.code in (select rpad(s, greatest(6, length(s)), '0') from unnest(string_to_array(a.path, '/')) s) where a.code = any($1) group by a.code`,
    [[...new Set(codes)]],
    'area-whole-names',
  )
  return new Map(rows.map(row => [row.code, row.name]))
}

/** An area by its code, closed ones included. */
export async function findArea(tx: Reader, code: string): Promise<AreaRow | undefined> {
  const [row] = await tx.query<AreaRow>(
    `select code, name_zh, name_en, level, parent_code, path, lng, lat, valid_from, valid_to, replaced_by, assisted832,
       delisted_year from area where code = $1`,
    [code],
    'area-find',
  )
  return row
}
