import type { z } from 'zod'
import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import { type Columns, isSealed, type Values } from '../declared/columns.ts'
import { maskValue } from '../declared/masks.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { RegisterDetail, RegisterPage, RegisterRow } from './contract.ts'
import type { Register } from './define.ts'
import type { RegisterKit } from './kit.ts'
import { actorNames, namesFor, namesOfRows } from './names.ts'
import { openProposals } from './propose.ts'
import { cursorOf, type ListQuery, listQuery, type Order, orderOf, placeIn } from './query.ts'
import { openRows, type Raw, type RawParts, rawParts, type StoredRow, selected } from './stored.ts'
import { tableOf } from './table.ts'
import {
  type Areas,
  areasOf,
  filtered,
  following,
  found,
  foundByWords,
  mostFound,
  orderBy,
  type Ranges,
  rangesOf,
  Statement,
  source,
  sources,
  standing,
  within,
} from './where.ts'

export { listQuery }
export type ListShape = z.infer<ReturnType<typeof listQuery>>

/** A page of rows, personal values masked unless told otherwise: a fixed number of statements, however many rows. */
export async function listRows(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  query: ListQuery,
  { masked = true }: { readonly masked?: boolean } = {},
): Promise<RegisterPage> {
  const { rows, next } = await pageOf(tx, kit, register, reach, query)
  const opened = await openRows(tx, kit, register, rows)
  const items = opened.map(row => rowOf(row, shown(register.columns, row.values, masked)))
  const names = await namesFor(tx, register.refers, [
    { columns: register.columns, rows: items.map(item => item.values) },
  ])
  return { items, next, names, most: next === null ? null : mostOf(rows, query) }
}

/** How many rows the words found, where that was as many as are looked at. */
function mostOf(rows: readonly Found[], query: ListQuery): number | null {
  const hits = rows[0]?.hits ?? 0
  return hits < mostFound(query) ? null : hits
}

export const rowOf = (row: StoredRow, values: Values): RegisterRow => ({
  id: row.id,
  version: row.version,
  validFrom: row.validFrom,
  validTo: row.validTo,
  recordedAt: row.recordedAt.toISOString(),
  values: values as RegisterRow['values'],
})

/** Values as a reader sees them. */
export const shown = (columns: Columns, values: Values, masked: boolean): Values =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const value = values[name] ?? null
      return [name, masked && isSealed(column) && value !== null ? maskValue(column, String(value)) : value]
    }),
  )

/** A row, and how many rows the words of a search found in all. */
type Found = Raw & { readonly hits?: number }

async function pageOf(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  query: ListQuery,
): Promise<{ rows: readonly Found[]; next: string | null }> {
  const after = query.after === undefined ? undefined : placeIn(register, query.sort, query.after)
  if (query.after !== undefined && !after) throw new RangeError('not the next of a page of this order')
  const order: Order = { ...orderOf(register, query.sort), ...(after ? { after } : {}) }
  const { text, values } = pageText(tx, kit, register, reach, query, order)
  const rows = await tx.query<Found>(text, values)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const next = rows.length > query.limit && last ? cursorOf(placeOf(order, last)) : null
  return { rows: items, next }
}

function pageText(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  query: ListQuery,
  order: Order,
): { text: string; values: readonly unknown[] } {
  const statement = new Statement()
  const from = sources(statement, register, tx.programme, query)
  const ranges = rangesOf(statement, register, query)
  const areas = areasOf(statement, register, reach, query, order)
  const words = foundByWords(statement, tx.programme, register, reach, query)
  const conditions = [
    within(statement, register, reach),
    standing(statement, query),
    ...filtered(statement, kit, register, tx.programme, query, ranges?.names),
    ...(query.q === undefined || query.q.trim() === ''
      ? []
      : [found(statement, tx, kit, register, query, words && 'hits')]),
  ].join(' and ')
  const counted = words ? ', (select count(*)::int from hits) as hits' : ''
  const parts = { columns: `${selected(register)}${counted}`, conditions, limit: query.limit + 1 }
  const isHalved = order.terms.some(term => term.isEmptyLast) && !isAsked(query)
  const texts = from.map(each =>
    isHalved
      ? emptyLast(statement, register, order, { ...parts, from: each })
      : ordered(statement, register, order, { ...parts, from: each }, { ranges, areas }),
  )
  const of = texts.map(each => `(${each})`).join(' union all ')
  const by = `order by ${isHalved ? 'half, ' : ''}${orderBy(order)} limit ${parts.limit}`
  const text = texts.length === 1 ? texts[0]! : `select * from (${of}) t ${by}`
  return {
    text: words ? `with hits (id) as materialized (select ${words}) (${text})` : text,
    values: statement.values,
  }
}

/** Whoever asks for values of the column that is sorted by asks for no row without one. */
const isAsked = ({ sort = '', filters = {}, ranges = {} }: ListQuery): boolean =>
  Object.hasOwn({ ...filters, ...ranges }, sort.replace('-', ''))

interface Ways {
  readonly ranges: Ranges | undefined
  readonly areas: Areas | undefined
}

/** A page in the order of an index; or a page of each range or area that has one, and of all these the first. */
function ordered(
  statement: Statement,
  register: Register,
  order: Order,
  parts: Parts,
  { ranges, areas }: Ways,
): string {
  const { columns, from, limit } = parts
  const conditions = `${parts.conditions} and ${following(statement, register, order)}`
  const by = `order by ${orderBy(order)}`
  if (areas !== undefined) return byAreas({ ...parts, conditions }, areas, order)
  const select = `select ${columns} from ${from} where ${conditions} ${by} limit ${limit}`
  return ranges
    ? `select t.* from ${ranges.from} cross join lateral (${select}) t ${by} limit ${limit}`
    : select
}

/**
 * Steps from one area that has rows to the next, and reads no more than a page of those whose first row comes first: what
 * comes first in any other comes after a page of these, and of the n-th area n − 1 rows fewer have room. Only the rows of
 * the page are read whole.
 */
function byAreas(
  { columns, from, conditions, limit }: Parts,
  { paths, programme }: Areas,
  order: Order,
): string {
  const by = `order by ${orderBy(order)}`
  const keys = ['id', ...order.terms.map(term => term.column)].map(column => `t.${column}`).join(', ')
  const next = (above: string, to: string) =>
    `select t.area_path from ${from} where t.programme_id = ${programme} and t.area_path ${above} and t.area_path < ${to} || '0' order by t.area_path limit 1`
  const inArea = `from ${from} where ${conditions} and t.area_path = a.path ${by}`
  return `with recursive place (path, top) as (
      select (${next('>= q.path', 'q.path')}), q.path from (${paths}) q (path)
      union all select (${next('> p.path', 'p.top')}), p.top from place p where p.path is not null),
    first as (select a.path, row_number() over (${by}) as rank
      from place a cross join lateral (select ${keys} ${inArea} limit 1) t ${by} limit ${limit}),
    page as (select t.* from first a
      cross join lateral (select ${keys} ${inArea} limit ${limit} - a.rank + 1) t ${by} limit ${limit})
    select ${columns} from page join ${from} on t.programme_id = ${programme} and t.id = page.id ${by}`
}

const placeOf = (order: Order, row: Raw) => [
  ...order.terms.map(term => (row[term.column.replaceAll('"', '')] ?? null) as string | number | null),
  row.id,
]

interface Parts {
  readonly columns: string
  readonly from: string
  readonly conditions: string
  readonly limit: number
}

/** Rows without a value come last whichever way round, and either half is read in the order of the index. */
function emptyLast(
  statement: Statement,
  register: Register,
  order: Order,
  { columns, from, conditions, limit }: Parts,
): string {
  const { column } = order.terms[0]!
  const way = order.isDown ? 'desc' : 'asc'
  const isPast = order.after !== undefined && order.after[0] === null
  const filled = `select 0 as half, ${columns} from ${from} where ${conditions} and t.${column} is not null
    and ${isPast ? 'false' : following(statement, register, order)} order by t.${column} ${way}, t.id ${way} limit ${limit}`
  const beyond = isPast
    ? `t.id ${order.isDown ? '<' : '>'} ${statement.of(order.after!.at(-1))}::uuid`
    : 'true'
  const empty = `select 1 as half, ${columns} from ${from} where ${conditions} and t.${column} is null
    and ${beyond} order by t.id ${way} limit ${limit}`
  return `select * from ((${filled}) union all (${empty})) t order by half, ${orderBy(order)} limit ${limit}`
}

export interface DetailOptions {
  readonly at?: string | undefined
  readonly known?: string | undefined
  /** Personal values are shown only to whoever said why. Default masked. */
  readonly masked?: boolean
}

/** A row with its parts, as it stands or stood. Refuses `row.not_found`, also for another's. */
export async function readRow(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  id: string,
  { at, known, masked = true }: DetailOptions = {},
): Promise<Result<RegisterDetail, 'row.not_found'>> {
  const row = await findRow(tx, kit, register, reach, id, { at, known })
  if (!row) return refuse('row.not_found', { id })
  const parts = Object.fromEntries(
    Object.entries(row.parts).map(([name, rows]) => [
      name,
      rows.map(values => shown(register.parts[name]!.columns, values, masked)),
    ]),
  )
  const proposals = await openProposals(tx, kit, register, [id])
  const relatives = await kin(tx, register, id)
  const by = await actorNames(
    tx,
    kit.vault,
    proposals.map(proposal => proposal.by),
  )
  const base = rowOf(row, shown(register.columns, row.values, masked))
  const names = await namesFor(tx, register.refers, [
    { columns: register.columns, rows: [base.values, ...proposals.map(({ values }) => values)] },
    ...Object.entries(parts).map(([name, rows]) => ({ columns: register.parts[name]!.columns, rows })),
  ])
  return ok({
    ...base,
    parts: parts as RegisterDetail['parts'],
    ...relatives,
    proposals: proposals.map(proposal => ({
      id: proposal.id,
      at: proposal.at.toISOString(),
      byName: by.get(proposal.by) ?? '',
      values: shownSome(register, proposal.values, masked) as RegisterDetail['values'],
    })),
    names: {
      ...names,
      ...(await namesOfRows(tx, register, [...relatives.successors, ...relatives.predecessors])),
    },
  })
}

/** The values given, and no others. */
export function shownSome(register: Register, values: Values, masked: boolean): Values {
  const columns = Object.fromEntries(
    Object.entries(register.columns).filter(([name]) => Object.hasOwn(values, name)),
  )
  return shown(columns, values, masked)
}

/** A row within reach, opened, with its parts; closed ones too. */
export async function findRow(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  id: string,
  when: Pick<ListQuery, 'at' | 'known'> = {},
): Promise<StoredRow | undefined> {
  const statement = new Statement()
  const from = source(statement, register, tx.programme, when)
  const [row] = await tx.query<Raw & { version: number }>(
    `select ${selected(register)} from ${from} where ${within(statement, register, reach)} and t.id = ${statement.of(id)}::uuid`,
    statement.values,
  )
  if (!row) return undefined
  const isNow = when.at === undefined && when.known === undefined
  const former = isNow ? undefined : await formerParts(tx, register, id, row.version)
  const parts = former ? new Map([[id, former]]) : await rawParts(tx, register, [id])
  const [opened] = await openRows(tx, kit, register, [row], parts)
  return opened
}

async function formerParts(
  tx: Reader,
  register: Register,
  id: string,
  version: number,
): Promise<RawParts | undefined> {
  const [past] = await tx.query<{ parts: RawParts }>(
    'select parts from register_past where programme_id = $1 and register = $2 and row_id = $3 and version = $4',
    [tx.programme, register.name, id, version],
  )
  return past?.parts
}

async function kin(
  tx: Reader,
  register: Register,
  id: string,
): Promise<{ successors: string[]; predecessors: string[] }> {
  const rows = await tx.query<{ from_id: string; to_id: string }>(
    `select from_id, to_id from register_succession where programme_id = $1 and register = $2 and from_id = $3
     union all
     select from_id, to_id from register_succession where programme_id = $1 and register = $2 and to_id = $3`,
    [tx.programme, register.name, id],
    'register-kin',
  )
  return {
    successors: rows.filter(row => row.from_id === id).map(row => row.to_id),
    predecessors: rows.filter(row => row.to_id === id).map(row => row.from_id),
  }
}

/** The parts of many rows, by row: one statement a kind of part, for exports. */
export async function partsOf(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  ids: readonly string[],
  { masked = true }: { readonly masked?: boolean } = {},
): Promise<ReadonlyMap<string, Readonly<Record<string, readonly Values[]>>>> {
  const parts = await rawParts(tx, register, ids)
  const empty = ids.map(id => ({ id, ...Object.fromEntries(emptyFields(register)) }))
  const rows = await openRows(tx, kit, register, empty, parts)
  return new Map(
    rows.map(row => [
      row.id,
      Object.fromEntries(
        Object.entries(row.parts).map(([name, own]) => [
          name,
          own.map(values => shown(register.parts[name]!.columns, values, masked)),
        ]),
      ),
    ]),
  )
}

const emptyFields = (register: Register): [string, null][] =>
  tableOf(register).fields.map(field => [field.column.replaceAll('"', ''), null])
