import { isPersonal } from '../fact/public-part.ts'
import { normalAccount, normalIdentity, normalName, normalPhone } from '../personal/blind-index.ts'
import { identityProblem } from '../personal/identity-number.ts'
import type { Fault, RefusalParams } from '../result/result.ts'
import type { Column, Columns, Value, Values } from './columns.ts'
import { creditCodeIsRight } from './credit-code.ts'
import { inShownUnit } from './units.ts'

export type { Fault } from '../result/result.ts'

export const fault = (column: string, code: string, params: RefusalParams = {}): Fault => ({
  column,
  code,
  params,
})

type Checked = { readonly value: Value } | { readonly code: string; readonly params?: RefusalParams }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * One value as it is stored (trimmed, in one form), or what is wrong with it. Whether a required value is missing and
 * whether an area, organisation or row exists is not asked here. Codes: `value.type`, `.too_long` {max}, `.too_small`
 * {min}, `.too_large` {max}, `.only` {only}, `.choice` {of}, `.format` {format}, `.identity` {problem}, `.personal`.
 */
export function checkValue(column: Column, given: Value | undefined): Checked {
  if (given === null || given === undefined || given === '') return { value: null }
  const checked = byKind(column, given)
  if ('value' in checked && column.open && typeof checked.value === 'string' && isPersonal(checked.value))
    return { code: 'value.personal' }
  return checked
}

function byKind(column: Column, given: Value): Checked {
  switch (column.kind) {
    case 'text':
      return typeof given === 'string' ? text(column, given) : wrong
    case 'number':
      return typeof given === 'number' && Number.isSafeInteger(given) ? number(column, given) : wrong
    case 'year':
      return typeof given === 'number' && Number.isInteger(given) ? within(given, 1800, 2200) : wrong
    case 'yes':
      return typeof given === 'boolean' ? { value: given } : wrong
    case 'date':
      return typeof given === 'string' && isDate(given) ? { value: given } : wrong
    case 'choice':
      return typeof given === 'string' && column.of.includes(given)
        ? { value: given }
        : { code: 'value.choice', params: { of: column.of } }
    case 'choices':
      return some(given, word => column.of.includes(word), column.of)
    case 'files':
      return Array.isArray(given) && given.length > column.most
        ? { code: 'value.too_large', params: { max: column.most } }
        : some(given, id => UUID.test(id), [])
    case 'area':
      return typeof given === 'string' && /^\d{6}(\d{3}){0,2}$/.test(given) ? { value: given } : wrong
    default:
      return typeof given === 'string' && UUID.test(given.toLowerCase())
        ? { value: given.toLowerCase() }
        : wrong
  }
}

const wrong: Checked = { code: 'value.type' }

/** What alone is allowed is said at once, and not a bound of it. */
const number = ({ only, min, max, unit }: Extract<Column, { kind: 'number' }>, given: number): Checked =>
  only?.includes(given) === false
    ? { code: 'value.only', params: { only: only.map(one => String(inShownUnit(one, unit))) } }
    : within(given, min, max, unit)

/** Bounds are told in the unit that people write in. */
function within(value: number, min?: number, max?: number, unit?: string): Checked {
  if (min !== undefined && value < min)
    return { code: 'value.too_small', params: { min: inShownUnit(min, unit) } }
  if (max !== undefined && value > max)
    return { code: 'value.too_large', params: { max: inShownUnit(max, unit) } }
  return { value }
}

function some(given: Value, is: (word: string) => boolean, of: readonly string[]): Checked {
  if (!Array.isArray(given) || !given.every(word => typeof word === 'string')) return wrong
  if (!given.every(is)) return of.length > 0 ? { code: 'value.choice', params: { of } } : wrong
  // one form only: in the order of the declaration, each once
  return { value: of.length > 0 ? of.filter(word => given.includes(word)) : [...new Set<string>(given)] }
}

/** A day there is in the calendar, of our time. */
export const isDate = (given: string): boolean =>
  /^(19|20|21)\d\d-\d\d-\d\d$/.test(given) &&
  new Date(`${given}T00:00:00Z`).toJSON()?.startsWith(given) === true

type TextColumn = Extract<Column, { kind: 'text' }>

function text(column: TextColumn, given: string): Checked {
  if (!given.isWellFormed() || /\p{Cc}/u.test(given.replace(/[\t\n\r]/g, ''))) return wrong
  const value = normal(column, given)
  if (value === '') return { value: null }
  if (value.length > column.max) return { code: 'value.too_long', params: { max: column.max } }
  return formatted(column, value)
}

function formatted({ format }: TextColumn, value: string): Checked {
  if (format === 'identity') return identity(value)
  const isRight =
    (format === 'code' && /^[\p{L}\p{N}][\p{L}\p{N}._/#()-]*$/u.test(value)) ||
    (format === 'phone' && /^\+?\d{7,15}$/.test(value)) ||
    (format === 'account' && /^\d{8,32}$/.test(value)) ||
    (format === 'credit_code' && creditCodeIsRight(value)) ||
    format === 'long' ||
    format === undefined
  return isRight ? { value } : { code: 'value.format', params: { format: format ?? '' } }
}

/** A resident's 18 places; a disability certificate has two or four more. */
function identity(value: string): Checked {
  if (![18, 20, 22].includes(value.length)) return { code: 'value.identity', params: { problem: 'length' } }
  const problem = identityProblem(value.slice(0, 18)) ?? (/^.{18}\d*$/.test(value) ? undefined : 'length')
  return problem ? { code: 'value.identity', params: { problem } } : { value }
}

/** As people write a value, to how it is stored, compared and hashed. */
export function normal({ format }: TextColumn, given: string): string {
  if (format === 'identity') return normalIdentity(given)
  if (format === 'phone') return normalPhone(given)
  if (format === 'account') return normalAccount(given)
  if (format === 'credit_code') return normalIdentity(given)
  return format === 'long' ? given.normalize('NFC').trim() : normalName(given).normalize('NFC')
}

/** The values given of these columns, in their stored form; a column that nobody declared is a fault. */
export function checkValues(
  columns: Columns,
  given: Values,
  place = '',
): { readonly values: Values; readonly faults: Fault[] } {
  const faults: Fault[] = []
  const values: Record<string, Value> = {}
  for (const [name, raw] of Object.entries(given)) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined
    if (!column || column.computed) {
      faults.push(fault(`${place}${name}`, 'value.unknown_column'))
      continue
    }
    const checked = checkValue(column, raw)
    if ('value' in checked) values[name] = checked.value
    else faults.push(fault(`${place}${name}`, checked.code, checked.params))
  }
  return { values, faults }
}

/** Faults for required values that are not there. */
export const missing = (columns: Columns, values: Values, place = ''): Fault[] =>
  Object.entries(columns).flatMap(([name, { required = true, computed = false }]) =>
    required && !computed && (values[name] ?? null) === null
      ? [fault(`${place}${name}`, 'value.required')]
      : [],
  )

export const sameValue = (a: Value | undefined, b: Value | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
