import type { Reach } from '../access/permit.ts'
import { covers, type RowParties } from '../access/permit.ts'
import { textArray, uuidArray } from '../database/array.ts'
import type { Reader } from '../database/database.ts'
import {
  type Column,
  type Columns,
  type Reference,
  referenceOf,
  snake,
  type Values,
} from '../declared/columns.ts'
import { type Fault, fault } from '../declared/values.ts'
import type { Register } from './define.ts'
import { tableOf } from './table.ts'

interface Area {
  readonly path: string
  readonly level: string
}

/** What codes and ids stand for: those that are there, now. */
export interface Resolved {
  readonly areas: ReadonlyMap<string, Area>
  /** Id → type. */
  readonly organisations: ReadonlyMap<string, string>
  /** Register → id → its parties. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, RowParties>>
  /** Reference table → the keys that it has. */
  readonly references: ReadonlyMap<string, ReadonlySet<string>>
}

/** One set of columns with the values that were given for them. */
export interface Given {
  readonly columns: Columns
  readonly values: Values
  /** Where faults are told: `` or `member.2.`. */
  readonly place: string
}

/** Looks up everything that the values name: one statement for areas, one for organisations, one a register or reference table. */
export async function resolveAll(
  tx: Reader,
  refers: ReadonlyMap<string, Register>,
  given: readonly Given[],
): Promise<Resolved> {
  const rows = new Map<string, ReadonlyMap<string, RowParties>>()
  for (const [name, register] of refers) {
    const ids = named(given, column => column.kind === 'row' && column.of === name)
    if (ids.length > 0) rows.set(name, await partiesOf(tx, register, ids))
  }
  const codes = named(given, column => column.kind === 'area')
  const ids = named(given, column => column.kind === 'organisation')
  return {
    areas: codes.length > 0 ? await areas(tx, codes) : new Map(),
    organisations: ids.length > 0 ? await organisations(tx, ids) : new Map(),
    rows,
    references: await referencesIn(tx, given),
  }
}

async function referencesIn(tx: Reader, given: readonly Given[]): Promise<Map<string, ReadonlySet<string>>> {
  const tables = new Map<string, Reference>()
  for (const { columns } of given)
    for (const reference of Object.values(columns).map(referenceOf))
      if (reference) tables.set(reference.table, reference)
  const found = new Map<string, ReadonlySet<string>>()
  for (const [table, { key }] of tables) {
    const rows = await tx.query<{ key: string }>(
      `select ${key} as key from ${table} where ${key} = any($1::text[])`,
      [textArray(named(given, column => referenceOf(column)?.table === table))],
      `register-references-${table}`,
    )
    found.set(table, new Set(rows.map(row => row.key)))
  }
  return found
}

function named(given: readonly Given[], is: (column: Column) => boolean): string[] {
  const found = new Set<string>()
  for (const { columns, values } of given)
    for (const [name, value] of Object.entries(values)) {
      const column = columns[name]
      if (column && is(column) && typeof value === 'string') found.add(value)
    }
  return [...found]
}

async function areas(tx: Reader, codes: readonly string[]): Promise<Map<string, Area>> {
  const rows = await tx.query<Area & { code: string }>(
    'select code, path, level from area where code = any($1::text[]) and valid_to is null',
    [textArray(codes)],
    'register-areas',
  )
  return new Map(rows.map(({ code, ...area }) => [code, area]))
}

async function organisations(tx: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; type: string }>(
    `select id, type from organisation where programme_id = $1 and id = any($2::uuid[]) and valid_to is null`,
    [tx.programme, uuidArray(ids)],
    'register-organisations',
  )
  return new Map(rows.map(({ id, type }) => [id, type]))
}

/** Held until the transaction ends: what names a row that is being erased waits, and finds it gone. */
async function partiesOf(
  tx: Reader,
  register: Register,
  ids: readonly string[],
): Promise<Map<string, RowParties>> {
  const { area, organisations: parties } = register.parties
  const columns = [...(area === undefined ? [] : ['area_path']), ...parties.map(name => `"${snake(name)}"`)]
  const rows = await tx.query<Record<string, string | null> & { id: string }>(
    `select ${['id', ...columns].join(', ')} from ${tableOf(register).name}
      where programme_id = $1 and id = any($2::uuid[]) and valid_to is null order by id for key share`,
    [tx.programme, uuidArray(ids)],
    `register-parties-${register.name}`,
  )
  return new Map(
    rows.map(row => [
      row.id,
      {
        ...(area === undefined ? {} : { areaPath: row.area_path ?? null }),
        organisationIds: parties.map(name => row[snake(name)] ?? null),
      },
    ]),
  )
}

const levels: Readonly<Record<string, string>> = { city: 'prefecture' }

/** Faults of values that name what is not there, or, of rows, not the caller's. */
export function unresolved({ columns, values, place }: Given, found: Resolved, reach: Reach): Fault[] {
  return Object.entries(columns).flatMap(([name, column]) => {
    const value = values[name]
    if (typeof value !== 'string') return []
    const at = `${place}${name}`
    if (column.kind === 'area') {
      const area = found.areas.get(value)
      if (!area) return [fault(at, 'area.not_found', { code: value })]
      const level = column.level && (levels[column.level] ?? column.level)
      return level === undefined || area.level === level ? [] : [fault(at, 'area.level', { level })]
    }
    if (column.kind === 'organisation') {
      const type = found.organisations.get(value)
      if (type !== undefined && (column.types?.includes(type) ?? true)) return []
      return [fault(at, 'organisation.not_found', { id: value })]
    }
    const reference = referenceOf(column)
    if (reference && !found.references.get(reference.table)?.has(value)) return [fault(at, 'value.unlisted')]
    if (column.kind !== 'row') return []
    const parties = found.rows.get(column.of)?.get(value)
    return parties && isFound(reach, parties) ? [] : [fault(at, 'row.not_found', { id: value })]
  })
}

/** Another's row is not there. A reach that says nothing of the row's kind of parties says nothing against it. */
function isFound(reach: Reach, parties: RowParties): boolean {
  const byArea = reach.areaPaths.length > 0 && parties.areaPath !== undefined
  const byOrganisation = reach.organisationIds.length > 0 && (parties.organisationIds ?? []).length > 0
  return covers(reach, parties) || !(byArea || byOrganisation)
}

/** The parties of a row with these values. */
export function partiesFrom(register: Register, values: Values, found: Resolved): RowParties {
  const { area, organisations: parties } = register.parties
  const column = area === undefined ? undefined : register.columns[area]
  const named = area === undefined ? undefined : values[area]
  const areaPath =
    typeof named !== 'string'
      ? null
      : column?.kind === 'row'
        ? (found.rows.get(column.of)?.get(named)?.areaPath ?? null)
        : (found.areas.get(named)?.path ?? null)
  return {
    ...(area === undefined ? {} : { areaPath }),
    organisationIds: parties.map(name => (values[name] as string | null | undefined) ?? null),
  }
}

/** What a caller is told of parties outside their reach: that what they named is not there. */
export function uncovered(register: Register, values: Values): Fault {
  const { area, organisations: parties } = register.parties
  const name = area ?? parties[0]
  if (name === undefined) return fault('', 'row.not_found')
  const given = String(values[name] ?? '')
  const { kind } = register.columns[name]!
  if (kind === 'area') return fault(name, 'area.not_found', { code: given })
  return fault(name, kind === 'row' ? 'row.not_found' : 'organisation.not_found', { id: given })
}
