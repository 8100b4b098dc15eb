import { recordAccess } from '../access/audit.ts'
import type { Reach } from '../access/permit.ts'
import type { Writer } from '../database/database.ts'
import { isSealed } from '../declared/columns.ts'
import type { Fault } from '../declared/values.ts'
import type { Recorded } from '../fact/record.ts'
import { ok, type Refusal, type RefusalParams, type Result, refuse } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import type { RegisterDetail } from './contract.ts'
import { pick, type Register } from './define.ts'
import { type Happening, tell } from './facts.ts'
import type { RegisterKit } from './kit.ts'
import { findRow, readRow } from './reads.ts'
import { type RowInput, saveRows } from './save.ts'
import type { StoredRow } from './stored.ts'
import { partTable, tableOf } from './table.ts'
import { uniquesOf } from './unique.ts'
import { keepPast } from './write.ts'

export interface RowSaved {
  readonly id: string
  readonly version: number
  readonly proposal: string | null
}

/** Makes one row. Refuses with the code of its one fault, or `row.refused` with all faults for several. */
export const createRow = (
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  input: RowInput,
): Promise<Result<RowSaved>> => saveOne(tx, kit, register, reach, input, 'create')

/** Changes one row; only the values given. Refuses also `row.not_found`, `row.closed`, `row.changed` {version}. */
export const changeRow = (
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  input: RowInput & { readonly id: string },
): Promise<Result<RowSaved>> => saveOne(tx, kit, register, reach, input, 'change')

async function saveOne(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  input: RowInput,
  mode: 'create' | 'change',
): Promise<Result<RowSaved>> {
  const [outcome] = await saveRows(tx, kit, register, reach, [input], { mode })
  if (outcome!.kind === 'refused') return refusalFrom(outcome!.faults)
  const { id, version, proposal } = outcome!
  return ok({ id, version, proposal })
}

/** What is not there comes before what is wrong; wrongs of several kinds are told together. */
export function refusalFrom(faults: readonly Fault[]): Refusal {
  const absent = faults.find(each => each.code.endsWith('.not_found'))
  const first = absent ?? faults[0]!
  if (absent || faults.every(each => each.code === first.code)) return refuse(first.code, withColumn(first))
  return { ...refuse('row.refused'), faults }
}

const withColumn = ({ column, params }: Fault): RefusalParams =>
  column === '' ? params : { column, ...params }

/** A row with every value in clear, for a stated purpose; who asked and why is kept, in the same transaction. */
export async function revealRow(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  id: string,
  { purpose, requestId }: { readonly purpose: string; readonly requestId: string },
): Promise<Result<RegisterDetail, 'row.not_found'>> {
  const row = await readRow(tx, kit, register, reach, id, { masked: false })
  if (row.ok)
    await recordAccess(tx, {
      action: `${register.name}.reveal`,
      subjectType: register.name,
      subjectIds: [id],
      fields: sealedNames(register),
      ...{ purpose, requestId },
    })
  return row
}

/** The sealed columns of a register and its parts, as `idNumber` and `member.name`. */
export const sealedNames = (register: Register): string[] => [
  ...pick(register.columns, isSealed),
  ...Object.entries(register.parts).flatMap(([part, { columns }]) =>
    pick(columns, isSealed).map(name => `${part}.${name}`),
  ),
]

export interface Ending {
  readonly version?: number | undefined
  /** First day no longer valid; default today. */
  readonly on?: string | undefined
  readonly reason: string
}

export type EndRefusal = 'row.not_found' | 'row.closed' | 'row.changed' | 'row.out_of_order'

/** Ends a row; it stays, as it was. Refuses `row.not_found`, `row.closed`, `row.changed` {version}, `row.out_of_order` {date}, and as the register's `mayEnd`. */
export async function closeRow(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  id: string,
  ending: Ending,
): Promise<Result<RowSaved>> {
  const row = await holdRow(tx, kit, register, reach, id)
  const refused = row
    ? (endRefusal(tx, row, ending) ?? (await register.mayEnd?.(tx, id)))
    : refuse('row.not_found', { id })
  if (refused) return refused
  await endRow(tx, kit, register, row!, ending, { happening: 'closed' })
  return ok({ id, version: row!.version + 1, proposal: null })
}

/** A row within reach, held until the transaction ends. */
export async function holdRow(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  id: string,
): Promise<StoredRow | undefined> {
  await tx.query(`select 1 from ${register.name} where programme_id = $1 and id = $2 for no key update`, [
    tx.programme,
    id,
  ])
  return findRow(tx, kit, register, reach, id)
}

export function endRefusal(
  tx: Writer,
  row: StoredRow,
  { version, on }: Ending,
): Refusal<EndRefusal> | undefined {
  const today = dateOf(tx.at)
  if (row.validTo !== null) return refuse('row.closed', { id: row.id })
  if (version !== undefined && version !== row.version) return refuse('row.changed', { version: row.version })
  if (on !== undefined && on > today) return refuse('row.out_of_order', { date: today })
  if (on !== undefined && on < row.validFrom) return refuse('row.out_of_order', { date: row.validFrom })
  return undefined
}

/** Writes the end of a row, and returns the fact of it. What was believed before is kept, though it was valid on no other day. */
export async function endRow(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  row: StoredRow,
  { on, reason }: Ending,
  { happening, to }: { readonly happening: Happening; readonly to?: readonly string[] },
): Promise<Recorded> {
  const today = dateOf(tx.at)
  const last = on ?? [today, row.validFrom].sort().at(-1)!
  await keepPast(tx, register, [{ id: row.id, from: row.validFrom }])
  await tx.query(
    `update ${tableOf(register).name} set valid_to = $3, version = version + 1, recorded_at = $4, recorded_by = $5
      where programme_id = $1 and id = $2`,
    [tx.programme, row.id, last, tx.at, tx.actor],
  )
  await endParts(tx, register, row.id)
  return tell(tx, kit, register, happening, {
    ...{ row, version: row.version + 1, validFrom: row.validFrom, areaPath: row.areaPath },
    more: { validTo: last, ...(to ? { to: [...to] } : {}) },
    said: { reason },
  })
}

/** What is unique among parts may stand in another row from now on. */
async function endParts(tx: Writer, register: Register, id: string): Promise<void> {
  for (const part of Object.keys(register.parts)) {
    const table = partTable(register, part)
    if (uniquesOf(table).length > 0)
      await tx.query(
        `update ${table.name} set ended = true where programme_id = $1 and ${register.name}_id = $2`,
        [tx.programme, id],
      )
  }
}
