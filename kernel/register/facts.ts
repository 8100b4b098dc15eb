import type { Writer } from '../database/database.ts'
import type { Values } from '../declared/columns.ts'
import { isSealed } from '../declared/columns.ts'
import { OPERATOR } from '../fact/keyring.ts'
import type { PublicPart, PublicValue } from '../fact/public-part.ts'
import type { Recorded } from '../fact/record.ts'
import { pick, type Register, type Row } from './define.ts'
import type { RegisterKit } from './kit.ts'

/** A row at one of its versions, as its facts tell of it. */
export interface Told {
  readonly row: Row
  readonly version: number
  readonly validFrom: string
  readonly areaPath: string | null | undefined
  /** Null after the row was erased, for one who may not be told. */
  readonly more?: PublicPart
  /** Words that people typed, which may be erased. */
  readonly said?: Readonly<Record<string, string>>
}

export type Happening = 'registered' | 'changed' | 'closed' | 'succeeded'

/** Columns that everyone is told for ever, and those told in a hidden field; sealed ones are in no fact. */
export const openColumns = (register: Register): string[] =>
  pick(register.columns, column => column.open ?? false)
export const hiddenColumns = (register: Register): string[] =>
  pick(register.columns, column => !column.open && !isSealed(column))

/**
 * Tells of a row: its id, version, first day and county, and its open columns, in public; the rest that is not sealed
 * as JSON in the hidden field `row`, with how many parts it has.
 */
export async function tell(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  happening: Happening,
  { row, version, validFrom, areaPath, more = {}, said = {} }: Told,
): Promise<Recorded> {
  const county = countyOf(areaPath)
  return kit.recorder.record(tx, {
    type: `${register.name}.${happening}`,
    subject: row.id,
    // whose rows they are does not make them speak: it is the word of whoever acts
    holder: register.holder?.(row) ?? tx.holder ?? OPERATOR,
    pub: {
      [register.name]: row.id,
      version,
      validFrom,
      ...(county === undefined ? {} : { county }),
      ...publicOf(register, row.values),
      ...more,
    },
    hidden: { row: hiddenRow(register, row), ...said },
  })
}

function publicOf(register: Register, values: Values): PublicPart {
  return Object.fromEntries(openColumns(register).map(name => [name, publicValue(values[name] ?? null)]))
}

const publicValue = (value: Values[string]): PublicValue => value as PublicValue

export function hiddenRow(register: Register, row: Row): string {
  const values = Object.fromEntries(hiddenColumns(register).map(name => [name, row.values[name] ?? null]))
  const counts = Object.fromEntries(Object.entries(row.parts).map(([name, rows]) => [name, rows.length]))
  return JSON.stringify({ values, parts: counts })
}

/** The county in a chain of area codes; undefined where the chain ends above one. */
export const countyOf = (areaPath: string | null | undefined): string | undefined =>
  areaPath?.split('/').find(step => step.length === 6)
