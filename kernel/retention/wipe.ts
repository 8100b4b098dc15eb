import { textArray, uuidArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import { OPERATOR } from '../fact/keyring.ts'
import type { Register } from '../register/define.ts'
import { countyOf } from '../register/facts.ts'
import type { RegisterKit } from '../register/kit.ts'
import { columnsOf, partTable, tableOf } from '../register/table.ts'
import { uniquesOf } from '../register/unique.ts'
import { dateOf } from '../time/shanghai.ts'

/** How many rows of each kind were destroyed. */
export type Tally = Record<string, number>

/** What a row is called that tells nothing any more. */
const NAMELESS = `'erased-' || right(id::text, 12)`

/**
 * Empties rows of a register for ever: of each its id, its days and who finds it stay, so that what names it goes on
 * naming something. With them go their parts, former versions, proposals and words for searching. Rows still valid end,
 * and the log is told.
 */
export async function wipeRows(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  ids: readonly string[],
  tally: Tally,
): Promise<void> {
  if (ids.length === 0) return
  const own = [tx.programme, uuidArray(ids)]
  const elsewhere = await forgetElsewhere(tx, register, ids)
  for (const part of Object.keys(register.parts)) {
    const table = partTable(register, part)
    const gone = await tx.query(
      `delete from ${table.name} where programme_id = $1 and ${register.name}_id = any($2::uuid[]) returning 1`,
      own,
    )
    add(tally, 'part', gone.length)
  }
  await endRows(tx, kit, register, ids)
  await tx.query(
    `update ${register.name} set ${emptied(register)} where programme_id = $1 and id = any($2::uuid[])`,
    own,
  )
  add(tally, register.tellsOf === 'self' ? 'row' : 'told', ids.length)
  const named = [tx.programme, register.name, uuidArray(ids)]
  const of = 'where programme_id = $1 and register = $2 and row_id = any($3::uuid[])'
  const past = await tx.query(`delete from register_past ${of} returning 1`, named)
  add(tally, 'past', past.length + elsewhere)
  add(tally, 'proposal', (await tx.query(`delete from register_proposal ${of} returning 1`, named)).length)
  await tx.query(`delete from register_search ${of}`, named)
  await tx.query(
    `update register_succession set reason = '' where programme_id = $1 and register = $2
       and (from_id = any($3::uuid[]) or to_id = any($3::uuid[]))`,
    named,
  )
}

export const add = (tally: Tally, kind: string, count: number): void => {
  tally[kind] = (tally[kind] ?? 0) + count
}

/** Everything that is not who finds it. */
function emptied(register: Register): string {
  const { area, organisations } = register.parties
  const table = tableOf(register)
  const key = table.field.get(register.key)!.column
  const stay = new Set(
    [area, ...organisations, register.tellsOf].map(name => table.field.get(name ?? '')?.column),
  )
  return columnsOf(table)
    .filter(column => !stay.has(column))
    .map(column => (column === key ? `${column} = ${NAMELESS}` : `${column} = null`))
    .join(', ')
}

interface Ended {
  readonly id: string
  readonly version: number
  readonly valid_from: string
  readonly valid_to: string
  readonly area_path: string | null
}

async function endRows(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  ids: readonly string[],
): Promise<void> {
  const ended = await tx.query<Ended>(
    `update ${register.name} set valid_to = greatest(valid_from, $3::date), version = version + 1, recorded_at = $4,
       recorded_by = $5
      where programme_id = $1 and id = any($2::uuid[]) and valid_to is null
      returning id, version, valid_from, valid_to, ${register.parties.area ? 'area_path' : 'null as area_path'}`,
    [tx.programme, uuidArray(ids), dateOf(tx.at), tx.at, tx.actor],
  )
  for (const row of ended) {
    const county = countyOf(row.area_path)
    await kit.recorder.record(tx, {
      ...{ type: `${register.name}.closed`, subject: row.id, holder: OPERATOR },
      pub: {
        ...{ [register.name]: row.id, version: row.version, validFrom: row.valid_from },
        ...{ ...(county === undefined ? {} : { county }), validTo: row.valid_to },
      },
    })
  }
}

/** Who is a part of these rows may have been one of another's before: out of that one's former versions, and out of one that ended. */
async function forgetElsewhere(tx: Writer, register: Register, ids: readonly string[]): Promise<number> {
  let found = 0
  for (const part of Object.keys(register.parts)) {
    const table = partTable(register, part)
    const index = uniquesOf(table).find(field => field.index)?.index
    if (!index) continue
    const persons = await tx.query<{ index: string }>(
      `select distinct "${index}"::text as index from ${table.name}
        where programme_id = $1 and ${register.name}_id = any($2::uuid[]) and "${index}" is not null`,
      [tx.programme, uuidArray(ids)],
    )
    const rows = await tx.query(
      `update register_past r set parts = jsonb_set(r.parts, '{${part}}', coalesce((select jsonb_agg(m)
           from jsonb_array_elements(r.parts -> '${part}') m where m ->> '${index}' is null or m ->> '${index}' <> all($4::text[])), '[]'))
         from register_past_with($2, $4::text[]) w
        where r.programme_id = $1 and r.register = $2 and r.row_id = w.of_row and r.version = w.of_version
          and r.row_id <> all($3::uuid[])
          and exists (select from jsonb_array_elements(r.parts -> '${part}') m where m ->> '${index}' = any($4::text[]))
        returning 1`,
      [tx.programme, register.name, uuidArray(ids), textArray(persons.map(person => person.index))],
    )
    const ended = await tx.query(
      `delete from ${table.name} m using ${table.name} p where m.programme_id = $1 and m.ended
         and m.${register.name}_id <> all($2::uuid[]) and p.programme_id = $1 and p.${register.name}_id = any($2::uuid[])
         and m."${index}" = p."${index}" returning 1`,
      [tx.programme, uuidArray(ids)],
    )
    found += rows.length + ended.length
  }
  return found
}
