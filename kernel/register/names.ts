import { textArray, uuidArray } from '../database/array.ts'
import type { Reader } from '../database/database.ts'
import { type Column, type Columns, referenceOf, type Values } from '../declared/columns.ts'
import type { Vault } from '../personal/vault.ts'
import type { Register } from './define.ts'
import { tableOf } from './table.ts'

export type Names = Record<string, { zh: string; en: string }>

/** Columns with the values that stand in an answer. */
export interface Shown {
  readonly columns: Columns
  readonly rows: readonly Values[]
}

/** What codes and ids in an answer are called: one statement for areas, one for organisations, one a register or reference table. */
export async function namesFor(
  tx: Reader,
  refers: ReadonlyMap<string, Register>,
  shown: readonly Shown[],
): Promise<Names> {
  const wanted = new Map<string, Set<string>>()
  for (const { columns, rows } of shown)
    for (const [name, column] of Object.entries(columns)) {
      const kind = kindOf(column)
      if (kind === undefined) continue
      const set = wanted.get(kind) ?? new Set()
      wanted.set(kind, set)
      for (const values of rows) if (typeof values[name] === 'string') set.add(values[name])
    }
  const names: Names = {}
  const keep = (rows: readonly { id: string; zh: string; en: string }[]) => {
    for (const { id, zh, en } of rows) names[id] = { zh, en }
  }
  for (const [kind, set] of wanted) if (set.size > 0) keep(await called(tx, refers, kind, [...set]))
  return names
}

/** What kind of names a column's values have, if any. */
function kindOf(column: Column): string | undefined {
  const reference = referenceOf(column)
  if (reference) return `reference ${reference.table} ${reference.key}`
  if (column.kind === 'row') return `row ${column.of}`
  return column.kind === 'area' || column.kind === 'organisation' ? column.kind : undefined
}

type Named = { id: string; zh: string; en: string }

function called(
  tx: Reader,
  refers: ReadonlyMap<string, Register>,
  kind: string,
  ids: readonly string[],
): Promise<Named[]> {
  if (kind === 'area')
    return tx.query<Named>(
      'select code as id, name_zh as zh, name_en as en from area where code = any($1::text[])',
      [textArray(ids)],
      'register-names-areas',
    )
  if (kind === 'organisation')
    return tx.query<Named>(
      `select id, name_zh as zh, name_en as en from organisation where programme_id = $1 and id = any($2::uuid[])`,
      [tx.programme, uuidArray(ids)],
      'register-names-organisations',
    )
  if (kind.startsWith('reference ')) {
    const [, table, key] = kind.split(' ')
    return tx.query<Named>(
      `select ${key} as id, name_zh as zh, name_en as en from ${table} where ${key} = any($1::text[])`,
      [textArray(ids)],
      `register-names-${table}`,
    )
  }
  return rowsCalled(tx, refers.get(kind.slice('row '.length))!, ids)
}

/** What rows of a register are called, whether they stand or have ended. */
export const namesOfRows = async (tx: Reader, register: Register, ids: readonly string[]): Promise<Names> =>
  ids.length === 0
    ? {}
    : Object.fromEntries((await rowsCalled(tx, register, ids)).map(({ id, zh, en }) => [id, { zh, en }]))

function rowsCalled(tx: Reader, register: Register, ids: readonly string[]): Promise<Named[]> {
  const label = tableOf(register).field.get(register.label)!.column
  return tx.query<Named>(
    `select id, ${label} as zh, ${label} as en from ${register.name} where programme_id = $1 and id = any($2::uuid[])`,
    [tx.programme, uuidArray(ids)],
    `register-names-${register.name}`,
  )
}

/** Account → the name its member goes by; our own work, and those erased, have none. */
export async function actorNames(
  tx: Reader,
  vault: Vault,
  actors: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; account_id: string; display_name: Buffer }>(
    'select id, account_id, display_name from member where programme_id = $1 and account_id = any($2::text[])',
    [tx.programme, [...new Set(actors)]],
    'register-actors',
  )
  const names = await vault.openMany(
    tx,
    rows.map(row => ({ subject: row.id, field: 'member.display_name', sealed: row.display_name })),
  )
  return new Map(rows.map((row, i) => [row.account_id, names[i] ?? '']))
}
