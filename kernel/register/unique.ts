import { byteaArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import type { Value, Values } from '../declared/columns.ts'
import { fault, normal } from '../declared/values.ts'
import type { Register } from './define.ts'
import type { Draft } from './draft.ts'
import type { RegisterKit } from './kit.ts'
import { type Field, partTable, type Table, tableOf } from './table.ts'

/**
 * Marks rows whose unique values another row has, in the register or earlier in the same call: `row.taken` {column}.
 * One statement a unique column.
 */
export async function markTaken(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  drafts: readonly Draft[],
): Promise<void> {
  if (drafts.length === 0) return
  for (const field of uniques(tableOf(register), register.key))
    await mark(
      tx,
      kit,
      { table: tableOf(register).name, owner: 'id', field, place: () => field.name },
      drafts,
      draft => [draft.next.values],
    )
  for (const part of Object.keys(register.parts)) {
    const table = partTable(register, part)
    const owner = `${register.name}_id`
    for (const field of uniques(table))
      await mark(
        tx,
        kit,
        { table: table.name, owner, field, place: i => `${part}.${i + 1}.${field.name}` },
        drafts,
        draft => draft.next.parts[part]!,
      )
  }
}

const uniques = (table: Table, key?: string): Field[] =>
  table.fields.filter(field => field.spec.unique || field.name === key)

interface Uniqueness {
  readonly table: string
  /** The column that says whose row it is. */
  readonly owner: string
  readonly field: Field
  readonly place: (i: number) => string
}

async function mark(
  tx: Writer,
  kit: RegisterKit,
  { table, owner, field, place }: Uniqueness,
  drafts: readonly Draft[],
  rowsOf: (draft: Draft) => readonly Values[],
): Promise<void> {
  const hash = (value: Value): string => keyOf(kit, tx.programme, field, value)
  const mine = drafts.flatMap(draft =>
    rowsOf(draft).flatMap((values, i) => {
      const value = values[field.name] ?? null
      return value === null ? [] : [{ draft, at: place(i), key: hash(value), value }]
    }),
  )
  if (mine.length === 0) return
  const found = await owners(tx, table, owner, field, mine)
  const rewritten = new Set(drafts.map(draft => draft.id))
  const taken = new Map<string, Draft>()
  // whoever has a value already comes before those that want it
  mine.sort((a, b) => Number(found.get(a.key) !== a.draft.id) - Number(found.get(b.key) !== b.draft.id))
  for (const { draft, at, key } of mine) {
    const other = found.get(key)
    // a row of this very call gives its values up, or keeps them and stands in `taken`
    const isElsewhere = other !== undefined && other !== draft.id && !rewritten.has(other)
    if (isElsewhere || taken.has(key)) draft.faults.push(fault(at, 'row.taken', { column: field.name }))
    else taken.set(key, draft)
  }
}

function keyOf(kit: RegisterKit, programme: string, field: Field, value: Value): string {
  if (!field.sealed) return String(value)
  return hashOf(kit, programme, field, value).toString('hex')
}

/** The keyed hash that a sealed value is found by. */
export function hashOf(kit: RegisterKit, programme: string, field: Field, value: Value): Buffer {
  const text = String(value)
  return kit.vault.index(programme, field.place, field.spec.kind === 'text' ? normal(field.spec, text) : text)
}

async function owners(
  tx: Writer,
  table: string,
  owner: string,
  field: Field,
  mine: readonly { readonly key: string; readonly value: Value }[],
): Promise<Map<string, string>> {
  const keys = [...new Set(mine.map(each => each.key))]
  const column = field.sealed ? `encode("${field.index}", 'hex')` : `${field.column}::text`
  const wanted = field.sealed
    ? {
        sql: `"${field.index}" = any($2::bytea[])`,
        value: byteaArray(keys.map(key => Buffer.from(key, 'hex'))),
      }
    : { sql: `${field.column} = any($2)`, value: [...new Set(mine.map(each => each.value))] }
  const rows = await tx.query<{ owner: string; key: string }>(
    `select ${owner} as owner, ${column} as key from ${table} where programme_id = $1 and ${wanted.sql}`,
    [tx.programme, wanted.value],
  )
  return new Map(rows.map(row => [row.key, row.owner]))
}
