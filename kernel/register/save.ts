import { covers, type Reach } from '../access/permit.ts'
import { uuidArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import type { Value } from '../declared/columns.ts'
import { type Fault, fault } from '../declared/values.ts'
import { newId } from '../ids/ids.ts'
import { dateOf } from '../time/shanghai.ts'
import type { Register, RuleContext } from './define.ts'
import { type Draft, draftOf, holdBack, isChanged, judge, merge, type RowInput } from './draft.ts'
import { tell } from './facts.ts'
import { attachNamed, markForeignFiles } from './files.ts'
import type { RegisterKit } from './kit.ts'
import { takeAlong } from './moved.ts'
import { propose } from './propose.ts'
import { type Given, partiesFrom, type Resolved, resolveAll, uncovered, unresolved } from './resolve.ts'
import { keepWords } from './search.ts'
import { openRows, type Raw, rawParts, type StoredRow, selected } from './stored.ts'
import { tableOf } from './table.ts'
import { markTaken } from './unique.ts'
import { writeRows } from './write.ts'

export type { RowInput } from './draft.ts'

export type Outcome = Saved | RowRefused
export interface Saved {
  readonly kind: 'added' | 'changed' | 'unchanged'
  readonly id: string
  readonly version: number
  /** The proposal that the values which need a second person went into. */
  readonly proposal: string | null
}
export interface RowRefused {
  readonly kind: 'refused'
  readonly faults: readonly Fault[]
}

export interface SaveOptions {
  /** `create` refuses a row that is there, `change` one that is not; `either` takes both, as an import does. */
  readonly mode?: 'create' | 'change' | 'either'
  /** Values that need a second person stand at once: their acceptance. */
  readonly decided?: boolean
  /** Whoever asks is a process's effect: what only a process writes is taken. */
  readonly byProcess?: boolean
}

/**
 * Writes rows, each with its own outcome, in a fixed number of statements: a row is matched by its id, or by its key.
 * The same row again is `unchanged` and leaves no version and no fact. A refused row writes nothing, the others are
 * written. Of a row outside `reach` is said that it, or the area or organisation it names, is not found.
 * At most some 1,000 rows a call.
 */
export async function saveRows(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  rows: readonly RowInput[],
  { mode = 'either', decided = false, byProcess = false }: SaveOptions = {},
): Promise<Outcome[]> {
  const drafts = rows.map(row => draftOf(register, row))
  await match(tx, kit, register, reach, drafts, mode)
  const today = dateOf(tx.at)
  for (const draft of sound(drafts)) date(register, draft, today)
  for (const draft of sound(drafts)) merge(register, draft, contextOf(draft, today))
  await place(tx, register, reach, sound(drafts).filter(isChanged))
  for (const draft of sound(drafts).filter(isChanged))
    judge(register, draft, contextOf(draft, today), byProcess)
  await askOthers(tx, kit, register, drafts)
  const proposals = decided ? new Map<Draft, string>() : await holdBackAll(tx, kit, register, drafts, today)
  const ready = sound(drafts).filter(isChanged)
  await writeRows(tx, kit, register, ready)
  await attachNamed(tx, register, ready)
  await takeAlong(tx, register, ready)
  await keepWords(
    tx,
    register,
    ready.map(draft => ({ ...draft, values: draft.next.values })),
  )
  for (const draft of ready) await tellOf(tx, kit, register, draft)
  return drafts.map(draft => outcomeOf(draft, proposals.get(draft) ?? null))
}

const sound = (drafts: readonly Draft[]): Draft[] => drafts.filter(draft => draft.faults.length === 0)

const contextOf = ({ existing }: Draft, today: string): RuleContext => ({ today, isNew: !existing })

/** Finds the rows that are there already, and holds them until the transaction ends. */
async function match(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  drafts: readonly Draft[],
  mode: SaveOptions['mode'],
): Promise<void> {
  const found = await lockRows(tx, kit, register, {
    ids: drafts.flatMap(draft => draft.id || []),
    keys: drafts.flatMap(draft => draft.given[register.key] ?? []),
  })
  const byKey = new Map(found.map(row => [row.values[register.key], row]))
  const byId = new Map(found.map(row => [row.id, row]))
  const seen = new Set<string>()
  for (const draft of drafts) {
    const key = (draft.given[register.key] ?? null) as string | null
    const existing = draft.id === '' ? byKey.get(key) : byId.get(draft.id)
    const names = [draft.id, existing?.id ?? '', key ?? ''].filter(name => name !== '')
    draft.existing = existing
    draft.id ||= existing?.id ?? newId(tx.at.getTime())
    const isRepeated = names.some(name => seen.has(name))
    const refused = isRepeated ? fault(register.key, 'row.repeated') : refusalOf(register, reach, draft, mode)
    if (refused) draft.faults.unshift(refused)
    else for (const name of names) seen.add(name)
  }
}

/** Rows with these ids or keys, opened and held until the transaction ends. */
export async function lockRows(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  { ids = [], keys }: { readonly ids?: readonly string[]; readonly keys: readonly Value[] },
): Promise<StoredRow[]> {
  const table = tableOf(register)
  const key = table.field.get(register.key)!
  const rows = await tx.query<Raw>(
    `select ${selected(register)} from ${table.name} t
      where t.programme_id = $1 and (t.id = any($2::uuid[]) or t.${key.column} = any($3::text[])) order by t.id for no key update`,
    [tx.programme, uuidArray(ids), keys],
    `register-lock-${table.name}`,
  )
  const parts = await rawParts(
    tx,
    register,
    rows.map(row => row.id),
  )
  return openRows(tx, kit, register, rows, parts)
}

function refusalOf(
  register: Register,
  reach: Reach,
  { existing, input }: Draft,
  mode: SaveOptions['mode'],
): Fault | undefined {
  if (!existing) return mode === 'change' ? fault('', 'row.not_found', { id: input.id ?? '' }) : undefined
  const isNamed = input.id !== undefined
  if (mode === 'create') return isNamed ? fault('', 'row.exists', { id: existing.id }) : takenBy(register)
  if (!isCovered(register, reach, existing))
    return isNamed ? fault('', 'row.not_found', { id: existing.id }) : takenBy(register)
  if (existing.validTo !== null) return fault('', 'row.closed')
  if (input.version !== undefined && input.version !== existing.version)
    return fault('', 'row.changed', { version: existing.version })
  return undefined
}

const takenBy = (register: Register): Fault => fault(register.key, 'row.taken', { column: register.key })

/** Whether a row as it stands is within reach. */
export const isCovered = (register: Register, reach: Reach, { areaPath, values }: StoredRow): boolean =>
  covers(reach, {
    areaPath,
    organisationIds: register.parties.organisations.map(name => values[name] as string | null),
  })

/** From when the new state is valid: never before the present one began, never in the future. */
function date(register: Register, draft: Draft, today: string): void {
  const { existing, input } = draft
  const began = existing?.validFrom ?? ''
  const given = register.dated || !existing ? input.validFrom : undefined
  draft.from = given ?? (began > today ? began : today)
  if (draft.from > today && draft.from !== began)
    draft.faults.push(fault('', 'row.out_of_order', { date: today }))
  if (draft.from < began) draft.faults.push(fault('', 'row.out_of_order', { date: began }))
}

/** Looks up what the rows name, and whether their parties are the caller's. */
async function place(tx: Writer, register: Register, reach: Reach, drafts: readonly Draft[]): Promise<void> {
  const given = new Map(drafts.map(draft => [draft, givenOf(register, draft)]))
  const found: Resolved = await resolveAll(tx, register.refers, [...given.values()].flat())
  for (const draft of drafts) {
    const own = given.get(draft)!
    const { values } = draft.next
    draft.parties = partiesFrom(register, values, found)
    const stays = stayingOf(draft)
    if (stays.has(register.parties.area ?? '')) keepPlace(draft)
    for (const each of own)
      draft.faults.push(...unresolved(each, found, reach).filter(({ column }) => !stays.has(column)))
    // what is not there at all is told first
    const isThere = draft.faults.every(({ code }) => !code.endsWith('.not_found'))
    if (isThere && !covers(reach, draft.parties) && isGiven(register, values))
      draft.faults.unshift(uncovered(register, values))
  }
}

/** A party that is missing is told as a value that is missing. */
const isGiven = (register: Register, values: Draft['given']): boolean => {
  const name = register.parties.area ?? register.parties.organisations[0]
  return name === undefined || (values[name] ?? null) !== null
}

const givenOf = (register: Register, { next, changedParts }: Draft): Given[] => [
  { columns: register.columns, values: next.values, place: '' },
  ...changedParts.flatMap(part =>
    next.parts[part]!.map((values, i) => ({
      columns: register.parts[part]!.columns,
      values,
      place: `${part}.${i + 1}.`,
    })),
  ),
]

/** What a row named before may have ended since: only what is named anew must be there. */
const stayingOf = ({ existing, changed, next }: Draft): ReadonlySet<string> =>
  new Set(existing ? Object.keys(next.values).filter(name => !changed.includes(name)) : [])

function keepPlace(draft: Draft): void {
  if (draft.existing && (draft.parties.areaPath ?? null) === null)
    draft.parties = { ...draft.parties, areaPath: draft.existing.areaPath }
}

async function holdBackAll(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  drafts: readonly Draft[],
  today: string,
): Promise<Map<Draft, string>> {
  for (const draft of sound(drafts)) holdBack(register, draft, contextOf(draft, today))
  const waiting = sound(drafts).filter(draft => Object.keys(draft.proposed).length > 0)
  return propose(tx, kit, register, waiting)
}

/** What only others' rows can tell: first the declaration's own question, then whose values are unique. */
async function askOthers(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  drafts: readonly Draft[],
): Promise<void> {
  const asked = () => sound(drafts).filter(isChanged)
  if (register.checkMany && asked().length > 0) {
    const faults = await register.checkMany(
      tx,
      asked().map(draft => ({ ...draft.next, before: draft.existing })),
    )
    for (const draft of asked()) draft.faults.push(...(faults.get(draft.id) ?? []))
  }
  await markForeignFiles(tx, register, asked())
  await markTaken(tx, kit, register, asked())
}

const tellOf = (tx: Writer, kit: RegisterKit, register: Register, draft: Draft): Promise<unknown> =>
  tell(tx, kit, register, draft.existing ? 'changed' : 'registered', {
    row: draft.next,
    version: (draft.existing?.version ?? 0) + 1,
    validFrom: draft.from,
    areaPath: draft.parties.areaPath,
  })

function outcomeOf(draft: Draft, proposal: string | null): Outcome {
  const { faults, existing, id } = draft
  if (faults.length > 0) return { kind: 'refused', faults }
  if (!existing) return { kind: 'added', id, version: 1, proposal }
  if (!isChanged(draft)) return { kind: 'unchanged', id, version: existing.version, proposal }
  return { kind: 'changed', id, version: existing.version + 1, proposal }
}
