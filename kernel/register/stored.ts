import type { Reader } from '../database/database.ts'
import type { Value, Values } from '../declared/columns.ts'
import type { Sealed } from '../personal/vault.ts'
import type { Part, Register, Row } from './define.ts'
import type { RegisterKit } from './kit.ts'
import { partTable, type Table, tableOf } from './table.ts'

/** A row as it stands, opened. */
export interface StoredRow extends Row {
  readonly version: number
  readonly validFrom: string
  readonly validTo: string | null
  readonly recordedAt: Date
  readonly recordedBy: string
  readonly areaPath: string | null
  /** Ids of its parts, in the order of `parts`. */
  readonly partIds: Readonly<Record<string, readonly string[]>>
}

export type Raw = Readonly<Record<string, unknown>> & { readonly id: string }
export type RawParts = Readonly<Record<string, readonly Raw[]>>

export const standard = ['id', 'version', 'valid_from', 'valid_to', 'recorded_at', 'recorded_by']

/** The columns of a register's row, as a statement over `t` reads them. */
export const selected = (register: Register): string =>
  [
    ...standard,
    ...(register.parties.area === undefined ? [] : ['area_path']),
    ...tableOf(register).fields.map(field => field.column),
  ]
    .map(column => `t.${column}`)
    .join(', ')

/** The parts of these rows, one statement a kind of part. */
export async function rawParts(
  tx: Reader,
  register: Register,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RawParts>> {
  const all = new Map<string, Record<string, Raw[]>>(
    ids.map(id => [id, Object.fromEntries(Object.keys(register.parts).map(part => [part, []]))]),
  )
  for (const part of Object.keys(register.parts)) {
    const table = partTable(register, part)
    const owner = `${register.name}_id`
    const rows = await tx.query<Raw & { owner: string }>(
      `select id, ${owner} as owner, ${table.fields.map(field => field.column).join(', ')} from ${table.name}
        where programme_id = $1 and ${owner} = any($2::uuid[]) order by ${owner}, no`,
      [tx.programme, ids],
      `register-parts-${table.name}`,
    )
    for (const row of rows) all.get(row.owner)![part]!.push(row)
  }
  return all
}

/** Opens the sealed values of rows and their parts: one look for the keys of all. */
export async function openRows(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  rows: readonly Raw[],
  parts: ReadonlyMap<string, RawParts> = new Map(),
): Promise<StoredRow[]> {
  const sealed: Sealed[] = []
  const wait = (subject: string, table: Table, raw: Raw) =>
    table.fields.map(field => {
      const held = raw[bare(field.column)] ?? null
      if (!field.sealed) return { name: field.name, held: plain(held) }
      sealed.push({ subject, field: field.place, sealed: bytes(held) })
      return { name: field.name, at: sealed.length - 1 }
    })
  const waiting = rows.map(raw => ({
    raw,
    values: wait(raw.id, tableOf(register), raw),
    parts: Object.entries(parts.get(raw.id) ?? {}).map(([part, own]) => ({
      part,
      ids: own.map(each => each.id),
      rows: own.map(each => wait(raw.id, partTable(register, part), each)),
    })),
  }))
  const opened = await kit.vault.openMany(tx, sealed)
  const valuesOf = (cells: ReturnType<typeof wait>): Values =>
    Object.fromEntries(cells.map(cell => [cell.name, cell.at === undefined ? cell.held : opened[cell.at]!]))
  return waiting.map(({ raw, values, parts: own }) => ({
    ...headOf(raw),
    values: valuesOf(values),
    parts: Object.fromEntries(own.map(({ part, rows: all }) => [part, all.map(valuesOf)])),
    partIds: Object.fromEntries(own.map(({ part, ids }) => [part, ids])),
  }))
}

const bare = (column: string): string => column.replaceAll('"', '')

/** From the table sealed values come as bytes, from a former state as PostgreSQL's text of them. */
function bytes(held: unknown): Buffer | null {
  if (held === null || Buffer.isBuffer(held)) return held
  return Buffer.from(String(held).slice(2), 'hex')
}

const plain = (held: unknown): Value => (held === undefined ? null : (held as Value))

function headOf(raw: Raw): Omit<StoredRow, 'values' | 'parts' | 'partIds'> {
  const row = raw as unknown as {
    id: string
    version: number
    valid_from: string
    valid_to: string | null
    recorded_at: Date | string
    recorded_by: string
    area_path?: string
  }
  return {
    id: row.id,
    version: row.version,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    recordedAt: new Date(row.recorded_at),
    recordedBy: row.recorded_by,
    areaPath: row.area_path ?? null,
  }
}

/** Which of a part's rows is the same as before: by its key where it has one, else by its place. */
export function partKey({ key }: Part, values: Values, place: number): string {
  return key === undefined ? `#${place}` : `=${JSON.stringify(values[key] ?? null)}`
}
