import { type Column, type Columns, isRequired, isSealed } from '../declared/columns.ts'
import type { Parts, Register, RegisterSpec } from './define.ts'

/** Names that every register's table has already. */
const standard = new Set([
  ...['id', 'version', 'validFrom', 'validTo', 'recordedAt', 'recordedBy', 'programmeId', 'areaPath'],
  // and those that its list is asked with
  ...['after', 'limit', 'sort', 'q', 'at', 'known', 'closed'],
])

const ofParts = new Set(['id', 'no', 'programmeId'])

/** Checks a declaration by itself and fills what it leaves out. Throws with the register and the reason. */
export function validated(spec: RegisterSpec<Columns, Parts>): Register {
  const { name, columns, key, parts = {}, parties, refers = [] } = spec
  const wrong = (reason: string): never => {
    throw new Error(`register ${name}: ${reason}`)
  }
  if (!/^[a-z][a-z0-9_]{1,39}$/.test(name)) wrong('its name is not snake_case')
  const rows = new Map(refers.map(register => [register.name, register]))
  for (const reason of columnFaults(columns, rows, standard)) wrong(reason)
  for (const [part, { columns: own, key: by, most }] of Object.entries(parts)) {
    if (!/^[a-z][a-z0-9]{0,29}$/.test(part) || part in columns) wrong(`${part} is no name of a part`)
    for (const reason of columnFaults(own, rows, ofParts)) wrong(`${part}.${reason}`)
    if (by !== undefined && !own[by]) wrong(`${part} has no column ${by}`)
    if (!(most >= 1 && most <= 500)) wrong(`${part} holds 1 to 500`)
  }
  const keyColumn = columns[key] ?? wrong(`no column ${key}`)
  if (keyColumn.kind !== 'text' || isSealed(keyColumn) || !isRequired(keyColumn))
    wrong(`its key ${key} must be a required text in clear`)
  const label = spec.label ?? key
  const labelled = columns[label]
  if (labelled?.kind !== 'text' || isSealed(labelled)) wrong(`its label ${label} must be a text in clear`)
  const { tellsOf } = spec
  if (tellsOf !== undefined && tellsOf !== 'self' && columns[tellsOf]?.kind !== 'row')
    wrong(`it tells of ${tellsOf}, which names no row`)
  const { area, organisations = [] } = parties
  if (area !== undefined && !(columns[area] && ['area', 'row'].includes(columns[area].kind)))
    wrong(`its area party ${area} names neither an area nor a row`)
  if (area !== undefined && !isRequired(columns[area]!)) wrong(`its area party ${area} may not be empty`)
  const owner = area !== undefined && columns[area]!.kind === 'row' ? columns[area]!.of : undefined
  if (typeof owner === 'string' && rows.get(owner)?.parties.area === undefined)
    wrong(`its area party ${area} names a register without areas`)
  for (const party of organisations)
    if (columns[party]?.kind !== 'organisation') wrong(`its party ${party} names no organisation`)
  const isProposed = Object.values(columns).some(column => column.proposed)
  if (isProposed !== (spec.permit.decide !== undefined))
    wrong('proposed columns and somebody who decides go together')
  if (area === undefined && organisations.length === 0 && needsParty(spec))
    wrong('nobody could find its rows')
  const rules = spec as unknown as Partial<Pick<Register, 'check' | 'compute'>>
  return {
    ...(spec as unknown as Register),
    label,
    parts,
    parties: { ...(area === undefined ? {} : { area }), organisations },
    refers: rows,
    dated: spec.dated ?? false,
    check: rules.check ?? (() => []),
    compute: rules.compute ?? (() => ({})),
  }
}

const needsParty = ({ permit }: RegisterSpec<Columns, Parts>): boolean =>
  Object.values(permit.read).some(reach => reach !== 'programme')

function columnFaults(
  columns: Columns,
  rows: ReadonlyMap<string, Register>,
  taken: ReadonlySet<string>,
): string[] {
  return Object.entries(columns).flatMap(([name, column]) => {
    if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(name)) return [`${name} is not camelCase`]
    // `<column>From` and `<column>To` ask a list for a range
    if (taken.has(name) || (/(From|To)$/.test(name) && name.replace(/(From|To)$/, '') in columns))
      return [`${name} is a name that stands already`]
    return faultsOf(column, rows).map(reason => `${name} ${reason}`)
  })
}

function faultsOf(column: Column, rows: ReadonlyMap<string, Register>): string[] {
  const faults: string[] = []
  if (isSealed(column)) {
    if (column.kind !== 'text') faults.push('is sealed and no text')
    if (column.open) faults.push('is personal and goes into public facts')
    if (column.sort || column.search)
      faults.push('is sealed: found by its whole value (filter), never sorted')
  }
  if (
    column.kind === 'text' &&
    !column.personal &&
    ['phone', 'identity', 'account'].includes(column.format ?? '')
  )
    faults.push(`is a ${column.format}, and so personal`)
  if (column.open && (column.kind === 'files' || (column.kind === 'text' && column.format === 'long')))
    faults.push('is too free to be public')
  if (column.unique && ['choices', 'files'].includes(column.kind)) faults.push('is unique and many')
  if (column.search && column.kind !== 'text') faults.push('is searched and no text')
  if (column.sort && ['choices', 'files', 'yes'].includes(column.kind)) faults.push('has no order')
  if (column.byProcess && (column.computed || column.proposed)) faults.push('is written by a process alone')
  if (column.unique && column.kind !== 'text' && isRequired(column) && !column.frozen)
    faults.push('is unique and passes from row to row: it may be empty, or is frozen')
  if (column.unique && column.proposed) faults.push('is unique, and waits for somebody')
  if (column.inner && (!column.computed || column.listed || column.filter || column.search))
    faults.push('is for rules alone and shown')
  if (column.computed && (column.frozen || column.proposed)) faults.push('is computed: nobody edits it')
  if ((column.kind === 'choice' || column.kind === 'choices') && !areWords(column.of))
    faults.push('is of words that are none, or twice the same')
  if (column.kind === 'row' && !rows.has(column.of))
    faults.push(`names a row of ${column.of}, which it does not refer to`)
  return faults
}

const areWords = (words: readonly string[]): boolean =>
  words.length > 0 &&
  new Set(words).size === words.length &&
  words.every(word => /^[a-z0-9][a-z0-9_-]{0,39}$/.test(word))
