import { byteaArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import type { Value, Values } from '../declared/columns.ts'
import { fault, normal } from '../declared/values.ts'
import type { Register } from './define.ts'
import type { Draft } from './draft.ts'
import type { RegisterKit } from './kit.ts'
import { type Field, partTable, type Table, tableOf } from './table.ts'

/**
 * Marks rows whose unique values another row has, in the register or earlier in the same call: `row.taken` {column}. A
 * row of the same call gives up what it had only if it is written itself, so each refusal is judged again until none
 * follows from it. One statement a unique column.
 */
export async function markTaken(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  drafts: readonly Draft[],
): Promise<void> {
  if (drafts.length === 0) return
  const claims = await claimsOf(tx, kit, register, drafts)
  for (let sound = drafts; ; ) {
    const written = new Set(sound.map(draft => draft.id))
    const refused = claims.flatMap(all => takenIn(all, written))
    if (refused.length === 0) return
    for (const { draft, at, field } of refused)
      draft.faults.push(fault(at, 'row.taken', { column: field.name }))
    sound = sound.filter(draft => draft.faults.length === 0)
  }
}

/** A value that a row wants in a unique column, and whose it is in the register. */
interface Claim {
  readonly draft: Draft
  readonly at: string
  readonly field: Field
  readonly key: string
  readonly owner: string | undefined
}

/** Those of one column that cannot be had where only these rows are written. */
function takenIn(claims: readonly Claim[], written: ReadonlySet<string>): Claim[] {
  const had = new Set<string>()
  return claims.filter(({ draft, key, owner }) => {
    if (!written.has(draft.id)) return false
    const isElsewhere = owner !== undefined && owner !== draft.id && !written.has(owner)
    if (isElsewhere || had.has(key)) return true
    had.add(key)
    return false
  })
}

async function claimsOf(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  drafts: readonly Draft[],
): Promise<Claim[][]> {
  const own = tableOf(register)
  const all: Claim[][] = []
  for (const field of uniquesOf(own, register.key)) {
    const place = { table: own.name, owner: 'id', field, place: () => field.name }
    all.push(await claim(tx, kit, place, drafts, draft => [draft.next.values]))
  }
  for (const part of Object.keys(register.parts)) {
    const table = partTable(register, part)
    const owner = `${register.name}_id`
    for (const field of uniquesOf(table)) {
      const place = (i: number) => `${part}.${i + 1}.${field.name}`
      const rowsOf = (draft: Draft) => draft.next.parts[part]!
      all.push(await claim(tx, kit, { table: table.name, owner, field, place }, drafts, rowsOf))
    }
  }
  return all
}

export const uniquesOf = (table: Table, key?: string): Field[] =>
  table.fields.filter(field => field.spec.unique || field.name === key)

interface Uniqueness {
  readonly table: string
  /** The column that says whose row it is. */
  readonly owner: string
  readonly field: Field
  readonly place: (i: number) => string
}

/** Whoever has a value already comes before those that want it. */
async function claim(
  tx: Writer,
  kit: RegisterKit,
  { table, owner, field, place }: Uniqueness,
  drafts: readonly Draft[],
  rowsOf: (draft: Draft) => readonly Values[],
): Promise<Claim[]> {
  const wanted = drafts.flatMap(draft =>
    rowsOf(draft).flatMap((values, i) => {
      const value = values[field.name] ?? null
      return value === null
        ? []
        : [{ draft, at: place(i), key: keyOf(kit, tx.programme, field, value), value }]
    }),
  )
  if (wanted.length === 0) return []
  const found = await owners(tx, table, owner, field, wanted)
  return wanted
    .map(({ value: _value, ...each }) => ({ ...each, field, owner: found.get(each.key) }))
    .sort((a, b) => Number(a.owner !== a.draft.id) - Number(b.owner !== b.draft.id))
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
    `select ${owner} as owner, ${column} as key from ${table} where programme_id = $1 and ${wanted.sql}${owner === 'id' ? '' : ' and not ended'}`,
    [tx.programme, wanted.value],
  )
  return new Map(rows.map(row => [row.key, row.owner]))
}
