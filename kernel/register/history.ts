import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import type { Value, Values } from '../declared/columns.ts'
import { sameValue } from '../declared/values.ts'
import { factsOf } from '../fact/read.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { RegisterHistory } from './contract.ts'
import type { Register } from './define.ts'
import type { RegisterKit } from './kit.ts'
import { actorNames, namesFor } from './names.ts'
import { findRow, shownSome } from './reads.ts'
import { openRows, type Raw, type RawParts, type StoredRow } from './stored.ts'

const MOST = 200

/** What became of a row, newest first, at most 200 versions: the values that each changed, masked. Refuses `row.not_found`. */
export async function readHistory(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  id: string,
): Promise<Result<RegisterHistory, 'row.not_found'>> {
  const now = await findRow(tx, kit, register, reach, id)
  if (!now) return refuse('row.not_found', { id })
  const states = [...(await formerStates(tx, kit, register, id)), now]
  const facts = await factIds(tx, register, id)
  const by = await actorNames(
    tx,
    kit.vault,
    states.map(state => state.recordedBy),
  )
  const items = states.map((state, i) => {
    const { before, after } = difference(register, states[i - 1], state)
    const fact = facts.get(state.version)
    return {
      ...{ version: state.version, what: whatOf(state, states[i - 1], fact?.type) },
      ...{ validFrom: state.validTo ?? state.validFrom, recordedAt: state.recordedAt.toISOString() },
      ...{ byName: by.get(state.recordedBy) ?? '', factId: fact?.id ?? null },
      before: masked(register, before),
      after: masked(register, after),
    }
  })
  const names = await namesFor(tx, register.refers, [
    { columns: register.columns, rows: items.flatMap(item => [item.before, item.after]) },
  ])
  // the oldest one read may be a change of what was not read
  return ok({ items: items.slice(states[0]!.version === 1 ? 0 : 1).reverse(), names })
}

async function formerStates(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  id: string,
): Promise<StoredRow[]> {
  const rows = await tx.query<{ state: Raw; parts: RawParts }>(
    `select state, parts from register_past where programme_id = $1 and register = $2 and row_id = $3
      order by version desc limit ${MOST}`,
    [tx.programme, register.name, id],
    'register-history',
  )
  const opened: StoredRow[] = []
  // one after another: they are states of one row, and its key is read once
  for (const { state, parts } of rows.reverse())
    opened.push(...(await openRows(tx, kit, register, [state], new Map([[id, parts]]))))
  return opened
}

type Happened = { readonly id: string; readonly type: string }

async function factIds(tx: Reader, register: Register, id: string): Promise<ReadonlyMap<number, Happened>> {
  const facts = await factsOf(tx, id)
  return new Map(
    facts
      .filter(fact => fact.type.startsWith(`${register.name}.`))
      .map(fact => [Number(fact.pub.version ?? 1), { id: fact.id, type: fact.type }]),
  )
}

function whatOf(
  state: StoredRow,
  before: StoredRow | undefined,
  type: string | undefined,
): RegisterHistory['items'][number]['what'] {
  if (state.version === 1) return 'created'
  if (state.validTo === null || before?.validTo !== null) return 'changed'
  return type?.endsWith('.succeeded') ? 'succeeded' : 'closed'
}

/** Columns that differ; of parts, how many there were. */
function difference(
  register: Register,
  before: StoredRow | undefined,
  after: StoredRow,
): { before: Values; after: Values } {
  const changed = Object.keys(register.columns).filter(
    name => !sameValue(before?.values[name], after.values[name]),
  )
  const parts = Object.keys(register.parts).filter(
    name => JSON.stringify(before?.parts[name] ?? []) !== JSON.stringify(after.parts[name] ?? []),
  )
  const of = (state: StoredRow | undefined): Values =>
    Object.fromEntries([
      ...changed.map((name): [string, Value] => [name, state?.values[name] ?? null]),
      ...parts.map((name): [string, Value] => [name, state ? (state.parts[name]?.length ?? 0) : null]),
    ])
  return { before: of(before), after: of(after) }
}

function masked(register: Register, values: Values): RegisterHistory['items'][number]['before'] {
  const parts = Object.fromEntries(Object.entries(values).filter(([name]) => name in register.parts))
  return { ...shownSome(register, values, true), ...parts } as RegisterHistory['items'][number]['before']
}
