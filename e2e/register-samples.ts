import { registers } from '@silian/chains/registers.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import {
  type Column,
  type Columns,
  isRequired,
  type Value,
  type Values,
} from '@silian/kernel/declared/columns.ts'
import { creditCheck } from '@silian/kernel/declared/credit-code.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { checkCharacter } from '@silian/kernel/personal/identity-number.ts'
import type { Register } from '@silian/kernel/register/define.ts'
import { type RowInput, saveRows } from '@silian/kernel/register/save.ts'
import { refusalFrom } from '@silian/kernel/register/service.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'

/** What a sample row of a side may name. */
export interface Places {
  readonly village: string
  readonly county: string
  readonly district: string
  readonly coop: string
  readonly unit: string
  /** A row of another register. */
  readonly rowOf: (register: string) => string
}

let count = 0

/** A row that the register takes: made from its columns, with what its `example` says otherwise. Never the same twice. */
export function sampleOf(register: Register, places: Places): RowInput {
  count += 1
  const values = valuesOf(register, register.columns, places)
  const parts = Object.entries(register.parts).map(([name, part]) => [
    name,
    Array.from({ length: Math.max(1, part.least ?? 0) }, () => valuesOf(register, part.columns, places)),
  ])
  return {
    values: { ...values, ...register.example?.values },
    parts: { ...Object.fromEntries(parts), ...register.example?.parts },
  }
}

function valuesOf(register: Register, columns: Columns, places: Places): Values {
  const values: Record<string, Value> = {}
  for (const [name, column] of Object.entries(columns)) {
    if (column.computed || column.byProcess || (column.kind === 'files' && !isRequired(column))) continue
    values[name] = sampleValue(register, column, places)
  }
  return values
}

function sampleValue(register: Register, column: Column, places: Places): Value {
  switch (column.kind) {
    case 'text':
      return textOf(register, column)
    case 'number':
      return Math.max(column.min ?? 1, Math.min(1, column.max ?? 1))
    case 'date':
      return '2025-01-01'
    case 'year':
      return 2020
    case 'yes':
      return true
    case 'choice':
      return column.of[0]!
    case 'choices':
      return [column.of[0]!]
    case 'files':
      return []
    case 'area':
      return areaOf(register, column.level, places)
    case 'organisation':
      return column.types?.some(type => ['budget_unit', 'enterprise_buyer'].includes(type))
        ? places.unit
        : places.coop
    case 'row':
      return places.rowOf(column.of)
  }
}

/** Invented, and of persons: to be found in no answer, log or table in clear. */
function textOf(register: Register, column: Extract<Column, { kind: 'text' }>): string {
  const n = String(count).padStart(3, '0')
  if (column.format === 'identity') return numbered(`99999919700${1 + (count % 9)}01`, n.slice(-3))
  if (column.format === 'phone') return `10000000${n.slice(-3)}`
  if (column.format === 'account') return `62220000000${n}`
  if (column.format === 'credit_code') {
    const body = `91999999MA${n.padStart(7, '0')}`
    return body + creditCheck(body)
  }
  if (column.personal === 'personal' || column.personal === 'sensitive') return '示例丙'
  return `${register.name.replaceAll('_', '-')}-${n}`.slice(-column.max)
}

function numbered(head: string, serial: string): string {
  const body = `${head}${serial}`
  return body + checkCharacter(body)
}

/** Where those who may read by area can see it. */
function areaOf(register: Register, level: string | undefined, places: Places): string {
  if (level === 'province') return `${places.county.slice(0, 2)}0000`
  if (level === 'city') return `${places.county.slice(0, 4)}00`
  if (level === 'county') return register.permit.read.district_officer ? places.district : places.county
  if (level === 'township') return places.village.slice(0, 9)
  return register.permit.read.district_officer ? places.district : places.village
}

/** Writes a sample, past all that anybody may do. */
export async function makeRow(
  tx: Writer,
  kit: Whole,
  register: Register,
  places: Places,
  id?: string,
): Promise<Result<{ id: string }>> {
  const row = sampleOf(register, places)
  const reach: Reach = {
    ...{ programme: tx.programme, everything: true },
    ...{ areaPaths: [], organisationIds: [], personIds: [] },
  }
  const [outcome] = await saveRows(tx, kit, register, reach, [id === undefined ? row : { ...row, id }])
  return outcome!.kind === 'refused' ? refusalFrom(outcome!.faults) : ok({ id: outcome!.id })
}

/** What a side's row of a register is called by; those that only a process writes have ids of its making. */
export function rowOfSide(
  register: string,
  {
    programme,
    village,
    coop,
    household,
    id,
  }: Omit<Places, 'rowOf'> & {
    readonly programme: string
    readonly household: string
    readonly id: (name: string) => string
  },
): string {
  if (register === 'household') return household
  return register === 'supplier' ? idFrom('supplier', programme, coop) : id(`${register} ${village}`)
}

/** Registers of which the small world has sample rows: the others it fills by their own services. */
export const sampled = registers.filter(({ name, permit }) => permit.create && name !== 'household')
