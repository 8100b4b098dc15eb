import { intArray, textArray, uuidArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import type { Value } from '../declared/columns.ts'
import { newId } from '../ids/ids.ts'
import type { Clear } from '../personal/vault.ts'
import type { Register } from './define.ts'
import type { Draft } from './draft.ts'
import type { RegisterKit } from './kit.ts'
import { partKey } from './stored.ts'
import { type Cell, columnar, columnsOf, type Field, partTable, type Table, tableOf } from './table.ts'
import { hashOf, uniquesOf } from './unique.ts'

/** Somebody else was first with what is unique: done again from the start, the row shows as taken. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
  readonly code = '40001'
}

interface PartRow {
  readonly id: string
  readonly owner: string
  readonly no: number
  readonly cells: readonly Cell[]
}

/** Writes new and changed rows with their parts: one statement each for past, rows, and every kind of part. */
export async function writeRows(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  drafts: readonly Draft[],
): Promise<void> {
  const seals = new Seals(kit, tx.programme)
  const table = tableOf(register)
  const cells = new Map(drafts.map(draft => [draft, seals.cells(table, draft.id, draft.next.values)]))
  const parts = Object.keys(register.parts).map(part => ({
    part,
    owners: drafts.filter(draft => draft.existing && draft.changedParts.includes(part)),
    rows: drafts
      .filter(draft => draft.changedParts.includes(part))
      .flatMap(draft => partRows(register, part, draft, seals)),
  }))
  await seals.fill(tx)
  const old = drafts.filter(draft => draft.existing)
  await keepPast(tx, register, old)
  // what is given up goes before what takes it
  await giveUp(tx, register, old)
  await update(tx, register, old, cells)
  await insert(
    tx,
    register,
    drafts.filter(draft => !draft.existing),
    cells,
  )
  for (const { part, owners, rows } of parts) await replaceParts(tx, register, part, owners, rows)
}

/** Values that wait to be sealed, all in one go. */
class Seals {
  readonly #kit: RegisterKit
  readonly #programme: string
  readonly #clear: Clear[] = []
  readonly #cells: { value: Value | Buffer; index: Buffer | null }[] = []

  constructor(kit: RegisterKit, programme: string) {
    this.#kit = kit
    this.#programme = programme
  }

  cells(table: Table, subject: string, values: Readonly<Record<string, Value>>): Cell[] {
    return table.fields.map(field => this.#cell(field, subject, values[field.name] ?? null))
  }

  #cell(field: Field, subject: string, value: Value): Cell {
    if (!field.sealed || value === null) return { value, index: null }
    const cell = {
      value: null as Value | Buffer,
      index: field.index ? hashOf(this.#kit, this.#programme, field, value) : null,
    }
    this.#clear.push({ subject, field: field.place, text: String(value) })
    this.#cells.push(cell)
    return cell
  }

  async fill(tx: Writer): Promise<void> {
    const sealed = await this.#kit.vault.sealMany(tx, this.#clear)
    this.#cells.forEach((cell, i) => {
      cell.value = sealed[i]!
    })
  }
}

function partRows(register: Register, part: string, draft: Draft, seals: Seals): PartRow[] {
  const declared = register.parts[part]!
  const before = draft.existing?.parts[part] ?? []
  const ids = new Map(
    before.map((values, i) => [partKey(declared, values, i), draft.existing!.partIds[part]![i]!]),
  )
  return draft.next.parts[part]!.map((values, i) => ({
    id: ids.get(partKey(declared, values, i)) ?? newId(),
    owner: draft.id,
    no: i + 1,
    cells: seals.cells(partTable(register, part), draft.id, values),
  }))
}

/** The present state, parts included, goes to the past as it lies there: what is sealed stays sealed. */
export async function keepPast(
  tx: Writer,
  register: Register,
  drafts: readonly { readonly id: string; readonly from: string }[],
): Promise<void> {
  if (drafts.length === 0) return
  const parts = Object.keys(register.parts).map(
    part => `'${part}', (select coalesce(jsonb_agg(to_jsonb(p) order by p.no), '[]') from ${register.name}_${part} p
       where p.programme_id = t.programme_id and p.${register.name}_id = t.id)`,
  )
  await tx.query(
    `insert into register_past (programme_id, register, row_id, version, valid_from, valid_to, recorded_at, recorded_by,
       state, parts)
     select t.programme_id, $2, t.id, t.version, t.valid_from, u.day::date, t.recorded_at, t.recorded_by, to_jsonb(t),
       jsonb_build_object(${parts.join(', ')})
       from unnest($3::uuid[], $4::text[]) u (id, day) join ${register.name} t on t.programme_id = $1 and t.id = u.id`,
    [
      tx.programme,
      register.name,
      uuidArray(drafts.map(draft => draft.id)),
      textArray(drafts.map(draft => draft.from)),
    ],
    `register-past-${register.name}`,
  )
}

type Cells = ReadonlyMap<Draft, readonly Cell[]>

async function insert(tx: Writer, register: Register, drafts: readonly Draft[], cells: Cells): Promise<void> {
  if (drafts.length === 0) return
  const table = tableOf(register)
  const hasArea = register.parties.area !== undefined
  const own = columnar(
    table,
    drafts.map(draft => cells.get(draft)!),
    7,
  )
  const rows = await tx.query(
    `insert into ${table.name} (programme_id, id, version, valid_from, recorded_at, recorded_by${hasArea ? ', area_path' : ''}, ${own.columns.join(', ')})
     select $1, u.id, 1, u.day::date, $2, $3${hasArea ? ', u.path' : ''}, ${own.reads.join(', ')}
       from unnest($4::uuid[], $5::text[], $6::text[], ${own.arrays}) u (id, day, path, ${own.names})
     on conflict do nothing returning id`,
    [tx.programme, tx.at, tx.actor, ...heads(drafts), ...own.values],
    `register-insert-${table.name}`,
  )
  if (rows.length < drafts.length) throw new Overtaken()
}

const heads = (drafts: readonly Draft[]): unknown[] => [
  uuidArray(drafts.map(draft => draft.id)),
  textArray(drafts.map(draft => draft.from)),
  textArray(drafts.map(draft => draft.parties.areaPath ?? null)),
]

/**
 * Rows of one statement may pass unique values to each other, even in a ring, and the index is looked at row by row: so
 * what is given up is taken out first.
 */
async function giveUp(tx: Writer, register: Register, drafts: readonly Draft[]): Promise<void> {
  const table = tableOf(register)
  for (const field of uniquesOf(table, register.key)) {
    const givers = drafts.filter(
      draft => draft.changed.includes(field.name) && (draft.existing!.values[field.name] ?? null) !== null,
    )
    if (givers.length < 1) continue
    await tx.query(
      `update ${table.name} set ${field.index ? `"${field.index}"` : field.column} = ${placeholderOf(field)}
        where programme_id = $1 and id = any($2::uuid[])`,
      [tx.programme, uuidArray(givers.map(draft => draft.id))],
    )
  }
}

/** What nobody else has: for a column that may not be empty the row's own id. */
const placeholderOf = ({ index, spec }: Field): string => {
  if (index) return 'uuid_send(id)'
  return spec.kind === 'text' ? 'id::text' : 'null'
}

async function update(tx: Writer, register: Register, drafts: readonly Draft[], cells: Cells): Promise<void> {
  if (drafts.length === 0) return
  const table = tableOf(register)
  const hasArea = register.parties.area !== undefined
  const own = columnar(
    table,
    drafts.map(draft => cells.get(draft)!),
    7,
  )
  const sets = own.columns.map((column, i) => `${column} = ${own.reads[i]}`)
  const change = tx.query(
    `update ${table.name} t set version = t.version + 1, valid_from = u.day::date, recorded_at = $2, recorded_by = $3${hasArea ? ', area_path = u.path' : ''},
       ${sets.join(', ')}
       from unnest($4::uuid[], $5::text[], $6::text[], ${own.arrays}) u (id, day, path, ${own.names})
      where t.programme_id = $1 and t.id = u.id`,
    [tx.programme, tx.at, tx.actor, ...heads(drafts), ...own.values],
    `register-update-${table.name}`,
  )
  await change.catch(error => {
    throw (error as { code?: string }).code === '23505' ? new Overtaken() : error
  })
}

/** Parts are taken away and written anew, the same ones under their old ids: what they were stands in the past. */
async function replaceParts(
  tx: Writer,
  register: Register,
  part: string,
  owners: readonly Draft[],
  rows: readonly PartRow[],
): Promise<void> {
  const table = partTable(register, part)
  const owner = `${register.name}_id`
  if (owners.length > 0)
    await tx.query(`delete from ${table.name} where programme_id = $1 and ${owner} = any($2::uuid[])`, [
      tx.programme,
      uuidArray(owners.map(draft => draft.id)),
    ])
  if (rows.length === 0) return
  const own = columnar(
    table,
    rows.map(row => row.cells),
    5,
  )
  const written = await tx.query(
    `insert into ${table.name} (programme_id, id, ${owner}, no, ${columnsOf(table).join(', ')})
     select $1, u.id, u.owner, u.no, ${own.reads.join(', ')}
       from unnest($2::uuid[], $3::uuid[], $4::int[], ${own.arrays}) u (id, owner, no, ${own.names})
     on conflict do nothing returning 1`,
    [
      tx.programme,
      uuidArray(rows.map(row => row.id)),
      uuidArray(rows.map(row => row.owner)),
      intArray(rows.map(row => row.no)),
      ...own.values,
    ],
    `register-parts-write-${table.name}`,
  )
  if (written.length < rows.length) throw new Overtaken()
}
