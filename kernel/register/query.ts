import { z } from 'zod'
import { type Column, type Columns, isRequired, type Value } from '../declared/columns.ts'
import { checkValue } from '../declared/values.ts'
import { areaCode, date, id, instant } from '../http/shapes.ts'
import type { Register } from './define.ts'
import { tableOf } from './table.ts'

/** What a list is asked for; see `kernel/register/contract.ts`. */
export interface ListQuery {
  readonly after?: string | undefined
  readonly limit: number
  /** A column, with `-` before it for the other way round. */
  readonly sort?: string | undefined
  readonly q?: string | undefined
  /** The words may be a whole personal value: they came in a body, not in an address. */
  readonly whole?: boolean | undefined
  /** As it was valid on that day … */
  readonly at?: string | undefined
  /** … by what was known at that instant. */
  readonly known?: string | undefined
  readonly closed?: boolean | undefined
  /** These rows only: those that somebody marked. */
  readonly ids?: readonly string[] | undefined
  readonly filters?: Readonly<Record<string, readonly Value[]>> | undefined
  /** From a value, or up to it, both included. */
  readonly ranges?: Readonly<Record<string, { readonly from?: Value; readonly to?: Value }>> | undefined
}

/** A term of the order; the id comes last. */
export interface Term {
  readonly column: string
  readonly isEmptyLast: boolean
}

export interface Order {
  readonly terms: readonly Term[]
  readonly isDown: boolean
  /** The values of the last row, from the `next` of the page before; undefined for the first page. */
  readonly after?: readonly Value[]
}

const one = (text: string) => ({ column: text, isEmptyLast: false })

/** By place and key unless a column is asked for: the order that the index of every register has. */
export function orderOf(register: Register, sort: string | undefined): Order {
  const isDown = sort?.startsWith('-') ?? false
  const name = sort?.replace(/^[-+]/, '')
  const { area } = register.parties
  const key = tableOf(register).field.get(register.key)!.column
  if (name === undefined || name === '')
    return { terms: [...(area === undefined ? [] : [one('area_path')]), one(key)], isDown: false }
  const field = tableOf(register).field.get(name)!
  return { terms: [{ column: field.column, isEmptyLast: !isRequired(field.spec) }], isDown }
}

export const cursorOf = (values: readonly Value[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

const value = z.union([z.string().max(400), z.number(), z.null()])

/** The place of a cursor in an order; undefined for one that is none. */
export function placeIn(register: Register, sort: string | undefined, after: string): Value[] | undefined {
  const { terms } = orderOf(register, sort)
  const parsed = z
    .array(value)
    .length(terms.length + 1)
    .safeParse(jsonIn(after))
  if (!parsed.success) return undefined
  const place = parsed.data
  const fits = terms.every(({ column }, i) => fitsIn(register, column, place[i]!))
  return fits && id.safeParse(place.at(-1)).success ? place : undefined
}

function fitsIn(register: Register, column: string, given: Value): boolean {
  const field = tableOf(register).fields.find(each => each.column === column)
  if (!field) return typeof given === 'string' && !given.includes('\u0000')
  if (given === null) return !isRequired(field.spec)
  if (field.spec.kind === 'text') return typeof given === 'string' && !given.includes('\u0000')
  return 'value' in checkValue(field.spec, given)
}

function jsonIn(after: string): unknown {
  try {
    return JSON.parse(Buffer.from(after, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** One value, or several of the same name. */
const several = <T extends z.ZodType>(item: T, most = 50) =>
  z.union([item.transform(each => [each]), z.array(item).min(1).max(most)]).optional()

/** The shape of a list's parameters: paging, order, words, day, and a filter for every column that says so. */
export function listQuery(register: Register) {
  const sortable = namesOf(register.columns, column => column.sort ?? false).concat(register.key)
  const sorts = [...new Set(sortable)].flatMap(name => [name, `-${name}`, `+${name}`, ` ${name}`])
  const filters = Object.entries(register.columns).filter(([, column]) => column.filter)
  const ranged = filters
    .concat(Object.entries(register.columns).filter(([, column]) => column.sort && !column.filter))
    .filter(([, { kind }]) => ['number', 'year', 'date'].includes(kind))
  const shape = z.object({
    after: z.string().max(1000).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    // a plus in an address is a blank by the time it is read
    sort: z
      .enum(sorts as [string, ...string[]])
      .transform(text => text.replace(/^[+ ]/, ''))
      .optional(),
    q: z.string().max(100).optional(),
    at: date.optional(),
    known: instant.optional(),
    closed: z
      .enum(['true', 'false'])
      .transform(text => text === 'true')
      .optional(),
    id: several(id, 200),
    ...Object.fromEntries(filters.map(([name, column]) => [name, several(filterShape(column))])),
    ...Object.fromEntries(
      ranged.flatMap(([name, column]) =>
        ['From', 'To'].map(end => [`${name}${end}`, filterShape(column).optional()]),
      ),
    ),
  })
  return shape
    .superRefine((given, context) => {
      if (given.after !== undefined && !placeIn(register, given.sort as string | undefined, given.after))
        context.addIssue({ code: 'custom', path: ['after'], message: 'the next of the page before' })
    })
    .transform(given => toQuery(register, given as Record<string, unknown>))
}

const namesOf = (columns: Columns, is: (column: Column) => boolean): string[] =>
  Object.entries(columns).flatMap(([name, column]) => (is(column) ? [name] : []))

function filterShape(column: Column): z.ZodType<Value, string> {
  const typed = (read: (text: string) => Value) =>
    z
      .string()
      .max(200)
      .transform(read)
      .refine(
        given => 'value' in checkValue({ ...column, open: false } as Column, given),
        'not a value of it',
      )
  switch (column.kind) {
    case 'number':
    case 'year':
      return typed(text => (/^-?\d{1,16}$/.test(text) ? Number(text) : 'no number'))
    case 'yes':
      return z.enum(['true', 'false']).transform(text => text === 'true')
    case 'choice':
    case 'choices':
      return z.enum(column.of as [string, ...string[]])
    case 'area':
      return areaCode
    case 'date':
      return date
    case 'text':
      return z.string().min(1).max(200)
    default:
      return id
  }
}

function toQuery(register: Register, given: Record<string, unknown>): ListQuery {
  const { after, limit, sort, q, at, known, closed } = given as unknown as ListQuery
  const filters: Record<string, readonly Value[]> = {}
  const ranges: Record<string, { from?: Value; to?: Value }> = {}
  for (const name of Object.keys(register.columns)) {
    if (given[name] !== undefined) filters[name] = given[name] as Value[]
    const [from, to] = [given[`${name}From`], given[`${name}To`]] as [Value | undefined, Value | undefined]
    if (from !== undefined || to !== undefined)
      ranges[name] = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  }
  const ids = given.id as string[] | undefined
  return { after, limit, sort, q, at, known, closed, ids, filters, ranges }
}
