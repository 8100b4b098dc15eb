import type { Writer } from '../database/database.ts'
import { Refused } from '../result/result.ts'
import type { Due, Undertaking, UndertakingKind } from './kind.ts'
import { isSchedule, remainder } from './rules.ts'

export { type Due, defineUndertaking, type Undertaking, type UndertakingKind } from './kind.ts'

/**
 * Signs one undertaking; it is open from now on. Throws `undertaking.formula {id, field}` when the formula is not one of
 * its kind, `undertaking.schedule {id}` when dates are out of order or out of the days in force, and
 * `undertaking.exists {id}`.
 */
export const sign = <F>(tx: Writer, kind: UndertakingKind<F>, promise: Undertaking<F>): Promise<void> =>
  signAll(tx, kind, [promise])

/** Signs undertakings of one kind in two statements, all or none: see `sign`. */
export const signAll = <F>(
  tx: Writer,
  kind: UndertakingKind<F>,
  promises: readonly Undertaking<F>[],
): Promise<void> => insert(tx, kind, promises, null)

/**
 * Carries an open undertaking on under a new one: changed parties, formula or dates. Without a schedule of its own the
 * new one owes what the old one still does. The old one's figures stay with it; later postings cite the new one.
 * Throws as `sign` and `end` do.
 */
export async function succeed<F>(
  tx: Writer,
  kind: UndertakingKind<F>,
  id: string,
  promise: Omit<Undertaking<F>, 'schedule'> & { readonly schedule?: readonly Due[] },
): Promise<void> {
  await close(tx, id, 'succeeded', null)
  const schedule = promise.schedule ?? (await stillOwed(tx, id))
  await insert(tx, kind, [{ ...promise, schedule: schedule.map(due => within(due, promise)) }], id)
}

/**
 * Ends an open undertaking before its time, for a reason; nothing more is due of it. Throws `undertaking.unknown {id}`,
 * and `undertaking.not_open {id, state}` when it was kept, broken, ended or succeeded before.
 */
export const end = (tx: Writer, id: string, reason: string): Promise<void> => close(tx, id, 'ended', reason)

/** What was due before the successor begins is due on its first day. */
const within = (due: Due, { startsOn }: { startsOn: string }): Due =>
  due.dueOn < startsOn ? { ...due, dueOn: startsOn } : due

async function insert<F>(
  tx: Writer,
  { kind, unit, bound = 'floor', formula }: UndertakingKind<F>,
  promises: readonly Undertaking<F>[],
  predecessor: string | null,
): Promise<void> {
  const formulas: string[] = []
  for (const promise of promises) {
    const parsed = formula.safeParse(promise.formula)
    if (!parsed.success)
      throw new Refused('undertaking.formula', {
        id: promise.id,
        field: parsed.error.issues[0]!.path.join('.'),
      })
    if (!isSchedule(promise.schedule, promise.startsOn, promise.endsOn))
      throw new Refused('undertaking.schedule', { id: promise.id })
    formulas.push(JSON.stringify(parsed.data))
  }
  const rows = await tx.query<{ id: string }>(
    `insert into undertaking (programme_id, id, kind, promisor, promisee, unit, bound, formula, starts_on, ends_on, state,
       predecessor, signed_at)
     select $1, u.id, $2, u.promisor, u.promisee, $3, $4, u.formula, u.starts_on, u.ends_on, 'open', $5, $6
     from unnest($7::uuid[], $8::text[], $9::text[], $10::jsonb[], $11::date[], $12::date[])
       u(id, promisor, promisee, formula, starts_on, ends_on)
     order by u.id on conflict (programme_id, id) do nothing returning id`,
    [
      ...[tx.programme, kind, unit, bound, predecessor, tx.at],
      ...[promises.map(p => p.id), promises.map(p => p.promisor), promises.map(p => p.promisee), formulas],
      ...[promises.map(p => p.startsOn), promises.map(p => p.endsOn)],
    ],
    'undertaking-sign',
  )
  const signed = new Set(rows.map(row => row.id))
  const there = promises.find(promise => !signed.has(promise.id))
  if (there || signed.size < promises.length)
    throw new Refused('undertaking.exists', { id: (there ?? promises[0]!).id })
  await insertDues(tx, promises)
}

async function insertDues(tx: Writer, promises: readonly Undertaking<unknown>[]): Promise<void> {
  const dues = promises.flatMap(({ id, schedule }) => schedule.map((due, n) => ({ ...due, id, no: n + 1 })))
  if (dues.length === 0) return
  await tx.query(
    `insert into undertaking_due (programme_id, undertaking_id, no, due_on, amount)
     select $1, d.* from unnest($2::uuid[], $3::int[], $4::date[], $5::bigint[]) d(id, no, due_on, amount)`,
    [tx.programme, dues.map(d => d.id), dues.map(d => d.no), dues.map(d => d.dueOn), dues.map(d => d.amount)],
    'undertaking-dues',
  )
}

async function close(
  tx: Writer,
  id: string,
  state: 'ended' | 'succeeded',
  reason: string | null,
): Promise<void> {
  const closed = await tx.query(
    `update undertaking set state = $3, ended_at = $4, end_reason = $5
     where programme_id = $1 and id = $2 and state = 'open' returning id`,
    [tx.programme, id, state, tx.at, reason],
    'undertaking-close',
  )
  if (closed.length) return
  const [row] = await tx.query<{ state: string }>(
    'select state from undertaking where programme_id = $1 and id = $2',
    [tx.programme, id],
    'undertaking-state',
  )
  if (!row) throw new Refused('undertaking.unknown', { id })
  throw new Refused('undertaking.not_open', { id, state: row.state })
}

async function stillOwed(tx: Writer, id: string): Promise<Due[]> {
  const schedule = await tx.query<Due>(
    'select due_on as "dueOn", amount from undertaking_due where programme_id = $1 and undertaking_id = $2 order by no',
    [tx.programme, id],
    'undertaking-schedule',
  )
  const [row] = await tx.query<{ done: number }>(
    `select coalesce(sum(amount), 0)::bigint as done from ledger_posting
     where programme_id = $1 and undertaking_id = $2`,
    [tx.programme, id],
    'undertaking-done',
  )
  return remainder(schedule, row!.done)
}
