import type { Reach } from '../access/permit.ts'
import { type Parties, reachPredicate } from '../access/reach.ts'
import type { Reader } from '../database/database.ts'
import { snake, type Value } from '../declared/columns.ts'
import type { Register } from './define.ts'
import type { RegisterKit } from './kit.ts'
import type { ListQuery, Order } from './query.ts'
import { MOST_FOUND, MOST_NARROWED, searchFor } from './search.ts'
import { standard } from './stored.ts'
import { columnsOf, type Field, partTable, tableOf, typeOf } from './table.ts'
import { hashOf } from './unique.ts'

/** A statement in the making: every value becomes a parameter. */
export class Statement {
  readonly values: unknown[] = []

  of(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }

  /** Text whose placeholders begin at the next number, with its values. */
  take(make: (first: number) => { readonly sql: string; readonly values: readonly unknown[] }): string {
    const { sql, values } = make(this.values.length + 1)
    this.values.push(...values)
    return sql
  }
}

/** The columns of `t` that decide who finds a row. */
export const partiesIn = (register: Register): Parties => ({
  programme: 't.programme_id',
  organisations: register.parties.organisations.map(name => `t.${snake(name)}`),
  ...(register.parties.area === undefined ? {} : { areaPath: 't.area_path' }),
})

export const within = (statement: Statement, register: Register, reach: Reach): string =>
  statement.take(first => reachPredicate(reach, partiesIn(register), first))

type When = Pick<ListQuery, 'at' | 'known'>

/** Where the rows come from: as they stand, or as they stood on a day, by what was known at an instant. */
export function source(statement: Statement, register: Register, programme: string, when: When): string {
  const parts = sources(statement, register, programme, when)
  return parts.length === 1
    ? parts[0]!
    : `(${parts.map(part => `select * from ${part}`).join(' union all ')}) t`
}

/** The same in parts that no row is in twice, and that have an index in the order of the list each. */
export function sources(
  statement: Statement,
  register: Register,
  programme: string,
  { at, known }: When,
): string[] {
  const { name } = register
  if (at === undefined && known === undefined) return [`${name} t`]
  const p = statement.of(programme)
  const day = `${statement.of(at ?? '2199-12-31')}::date`
  const r = statement.of(name)
  const columns = columnsIn(register)
  const now = `select ${columns.join(', ')} from ${name} where programme_id = ${p} and valid_from <= ${day}`
  const past = `select ${columns.map(column => wasIn(register, column)).join(', ')}
    from register_past p cross join lateral jsonb_populate_record(null::${name}, p.state) s
    where p.programme_id = ${p} and p.register = ${r} and p.valid_from <= ${day}`
  if (known === undefined) return [`(${now}) t`, `(${past} and p.valid_to > ${day}) t`]
  const then = `${statement.of(known)}::timestamptz`
  return [
    `(select distinct on (id) * from (${now} and recorded_at <= ${then}
      union all ${past} and p.recorded_at <= ${then}) e order by id, version desc) t`,
  ]
}

const columnsIn = (register: Register): string[] => [
  ...['programme_id', ...standard],
  ...(register.parties.area === undefined ? [] : ['area_path']),
  ...columnsOf(tableOf(register)),
]

/** A column of what a row was; those of the list's order stand beside the state too, where they have an index. */
function wasIn(register: Register, column: string): string {
  if (column === 'programme_id' || column === 'area_path') return `p.${column}`
  if (column === 'id') return 'p.row_id as id'
  return register.key === 'code' && column === '"code"' ? 'p.code' : `s.${column}`
}

/** Rows that have not ended, on the day asked for. */
export function standing(statement: Statement, { at, closed }: ListQuery): string {
  if (closed) return 'true'
  if (at === undefined) return 't.valid_to is null'
  return `(t.valid_to is null or t.valid_to > ${statement.of(at)}::date)`
}

/** So many combinations of values are read one by one. */
const MOST_RANGES = 50

/** Filters by several values: each value, with `$values` as `q0 (value)` …, is a range of its own of the index. */
export interface Ranges {
  readonly names: readonly string[]
  readonly from: string
}

/**
 * The filters by several values that are read value by value, each in the order of its index and no further than a page;
 * sorting everything that any of them finds would take as long as there are rows.
 */
export function rangesOf(
  statement: Statement,
  register: Register,
  { filters = {}, at, known, sort }: ListQuery,
): Ranges | undefined {
  if (at !== undefined || known !== undefined || sort !== undefined) return undefined
  const names: string[] = []
  let combinations = 1
  for (const [name, values] of Object.entries(filters)) {
    const field = tableOf(register).field.get(name)!
    if (values.length < 2 || !isRanged(register, field) || combinations * values.length > MOST_RANGES)
      continue
    combinations *= values.length
    names.push(name)
  }
  if (names.length === 0) return undefined
  const from = names.map(
    (name, i) => `(${valuesOf(statement, register, name, filters[name]!)}) q${i} (value)`,
  )
  return { names, from: from.join(' cross join ') }
}

const isRanged = (register: Register, { sealed, spec, name }: Field): boolean =>
  !sealed &&
  !['choices', 'files'].includes(spec.kind) &&
  (spec.kind !== 'area' || name === register.parties.area)

/** Of areas their paths, without those that lie in another. */
function valuesOf(statement: Statement, register: Register, name: string, values: readonly Value[]): string {
  const field = tableOf(register).field.get(name)!
  const given = `${statement.of([...new Set(values)])}::${typeOf(field)}[]`
  if (field.spec.kind !== 'area') return `select unnest(${given})`
  return `select a.path from area a where a.code = any(${given}) and not exists (
    select from area b where b.code = any(${given}) and starts_with(a.path, b.path || '/'))`
}

/** The outermost areas whose rows a list by key holds, as a statement of paths; and the programme they are in. */
export interface Areas {
  readonly paths: string
  readonly programme: string
}

/**
 * A list by key below an area: the index has the rows of one area by key, not those of all areas below one. Undefined
 * for another order, or where rows are found otherwise.
 */
export function areasOf(
  statement: Statement,
  register: Register,
  reach: Reach,
  { filters = {}, ids, q, at, known }: ListQuery,
  order: Order,
): Areas | undefined {
  const { area } = register.parties
  const isByKey =
    order.terms.length === 1 && order.terms[0]!.column === tableOf(register).field.get(register.key)!.column
  if (area === undefined || !isByKey || ids || q || at !== undefined || known !== undefined) return undefined
  const asked = filters[area]
  const isOnlyArea = !reach.everything && reach.organisationIds.length === 0 && reach.areaPaths.length > 0
  if (!asked && !isOnlyArea) return undefined
  const paths = asked
    ? valuesOf(statement, register, area, asked)
    : `select unnest(${statement.of(outermost(reach.areaPaths))}::text[])`
  return { paths, programme: statement.of(reach.programme) }
}

const outermost = (paths: readonly string[]): string[] =>
  [...new Set(paths)].filter(path => !paths.some(other => path.startsWith(`${other}/`)))

/** What the filters ask, a condition each. */
export function filtered(
  statement: Statement,
  kit: RegisterKit,
  register: Register,
  programme: string,
  { ids, filters = {}, ranges = {} }: ListQuery,
  inRanges: readonly string[] = [],
): string[] {
  const fields = tableOf(register).field
  return [
    ...(ids ? [`t.id = any(${statement.of(ids)}::uuid[])`] : []),
    ...Object.entries(filters).map(([name, values]) => {
      const range = inRanges.indexOf(name)
      return range < 0
        ? filterOf(statement, kit, register, programme, fields.get(name)!, values)
        : rangeOf(fields.get(name)!, `q${range}.value`)
    }),
    ...Object.entries(ranges).flatMap(([name, { from, to }]) => {
      const field = fields.get(name)!
      const end = (value: Value | undefined, sign: string) =>
        value === undefined ? [] : [`t.${field.column} ${sign} ${statement.of(value)}::${typeOf(field)}`]
      return [...end(from, '>='), ...end(to, '<=')]
    }),
  ]
}

const rangeOf = ({ spec, column }: Field, value: string): string =>
  spec.kind === 'area'
    ? `t.area_path collate "C" >= ${value} and t.area_path collate "C" < ${value} || '0'`
    : `t.${column} = ${value}`

function filterOf(
  statement: Statement,
  kit: RegisterKit,
  register: Register,
  programme: string,
  field: Field,
  values: readonly Value[],
): string {
  if (field.sealed)
    return `t."${field.index}" = any(${statement.of(values.map(value => hashOf(kit, programme, field, value)))}::bytea[])`
  if (field.spec.kind === 'area') return inAreas(statement, register, field, values)
  if (field.spec.kind === 'choices' || field.spec.kind === 'files')
    // the first condition is what its index is made for
    return `(t.${field.column} <> '{}' and t.${field.column} && ${statement.of(values)}::${typeOf(field)})`
  // of one value the index gives the order too
  if (values.length === 1) return `t.${field.column} = ${statement.of(values[0])}::${typeOf(field)}`
  return `t.${field.column} = any(${statement.of(values)}::${typeOf(field)}[])`
}

/** An area and all below it; the party's own path has the index, another area's code is looked up. */
function inAreas(statement: Statement, register: Register, field: Field, codes: readonly Value[]): string {
  const ways = codes.map(code => {
    const path = `(select path from area where code = ${statement.of(code)})`
    if (field.name === register.parties.area)
      return `(t.area_path collate "C" >= ${path} and t.area_path collate "C" < ${path} || '0')`
    return `t.${field.column} in (select code from area where path >= ${path} and path < ${path} || '0')`
  })
  return `(${ways.join(' or ')})`
}

/** So many rows are looked at of those that words find. */
export const mostFound = ({ filters = {}, ranges = {} }: ListQuery): number =>
  Object.keys(filters).length + Object.keys(ranges).length > 0 ? MOST_NARROWED : MOST_FOUND

/** The ids of rows that hold all the words, as a call; undefined where nothing can be found by them. */
export function foundByWords(
  statement: Statement,
  programme: string,
  register: Register,
  reach: Reach,
  query: ListQuery,
): string | undefined {
  const search = searchFor(programme, register.name, query.q ?? '')
  if (!search) return undefined
  return `register_found(${[
    statement.of(register.name),
    `${statement.of(search.pieces)}::int[]`,
    `${statement.of(search.words)}::text[]`,
    statement.of(reach.everything),
    `${statement.of(reach.areaPaths)}::text[]`,
    `${statement.of(reach.organisationIds)}::uuid[]`,
    String(mostFound(query)),
  ].join(', ')})`
}

/** Rows that hold all the words (`hits`) or, where it may be one, whose sealed value is the whole text. */
export function found(
  statement: Statement,
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  query: ListQuery,
  hits: string | undefined,
): string {
  const { q: text = '', whole = false } = query
  const ways = hits === undefined ? [] : [`select id from ${hits}`]
  const p = () => statement.of(tx.programme)
  const hashed = (field: Field) => statement.of(hashOf(kit, tx.programme, field, text))
  for (const field of whole ? tableOf(register).fields : [])
    if (field.index && field.spec.filter)
      ways.push(
        `select id from ${register.name} where programme_id = ${p()} and "${field.index}" = ${hashed(field)}`,
      )
  for (const part of whole ? Object.keys(register.parts) : []) {
    const table = partTable(register, part)
    for (const field of table.fields)
      if (field.index && field.spec.filter)
        ways.push(
          `select ${register.name}_id from ${table.name} where programme_id = ${p()} and "${field.index}" = ${hashed(field)}`,
        )
  }
  return ways.length === 0 ? 'false' : `t.id in (${ways.join(' union all ')})`
}

const wayOf = ({ isDown }: Order): string => (isDown ? 'desc' : 'asc')

export const orderBy = (order: Order): string =>
  [...order.terms.map(term => `t.${term.column}`), 't.id'].map(term => `${term} ${wayOf(order)}`).join(', ')

/** What comes after the last row of the page before, in an order without empty values. */
export function following(statement: Statement, register: Register, order: Order): string {
  if (!order.after) return 'true'
  const columns = [...order.terms.map(term => `t.${term.column}`), 't.id']
  const types = [...order.terms.map(({ column }) => typeFor(register, column)), 'uuid']
  const values = order.after.map((value, i) => `${statement.of(value)}::${types[i]}`)
  return `(${columns.join(', ')}) ${order.isDown ? '<' : '>'} (${values.join(', ')})`
}

function typeFor(register: Register, column: string): string {
  const field = tableOf(register).fields.find(each => each.column === column)
  return field ? typeOf(field) : 'text'
}
