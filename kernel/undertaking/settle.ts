import type { Writer } from '../database/database.ts'
import { dateOf } from '../time/shanghai.ts'
import { isKept } from './rules.ts'

export interface Settled {
  readonly id: string
  readonly kind: string
  readonly state: 'kept' | 'broken'
  readonly promised: number
  readonly done: number
}

interface Row {
  readonly id: string
  readonly kind: string
  readonly bound: 'floor' | 'ceiling'
  readonly promised: number
  readonly done: number
}

/**
 * Decides, for at most `limit` open undertakings whose last day in force is over (their dues lie within), whether they
 * were kept by what was done up to that day: what comes later does not change it. Returns those decided now.
 */
export async function settleState(tx: Writer, limit: number): Promise<Settled[]> {
  const rows = await tx.query<Row>(SETTLED, [tx.programme, dateOf(tx.at), limit], 'undertaking-settle')
  const settled = rows.map(row => ({ ...row, state: isKept(row) ? ('kept' as const) : ('broken' as const) }))
  const decided = await tx.query<{ id: string }>(
    `update undertaking u set state = s.state, ended_at = $4
     from unnest($2::uuid[], $3::text[]) s(id, state)
     where u.programme_id = $1 and u.id = s.id and u.state = 'open' returning u.id`,
    [tx.programme, settled.map(s => s.id), settled.map(s => s.state), tx.at],
    'undertaking-settled',
  )
  const now = new Set(decided.map(row => row.id))
  return settled
    .filter(s => now.has(s.id))
    .map(({ id, kind, state, promised, done }) => ({ id, kind, state, promised, done }))
}

/** Two at once wait here for each other, and the second finds the rest. */
const SETTLED = `
  select u.id, u.kind, u.bound,
    (select coalesce(sum(d.amount), 0) from undertaking_due d
     where d.programme_id = $1 and d.undertaking_id = u.id)::bigint as promised,
    (select coalesce(sum(p.amount), 0) from ledger_posting p
     where p.programme_id = $1 and p.undertaking_id = u.id
       and p.at < ((u.ends_on + 1)::timestamp at time zone 'Asia/Shanghai'))::bigint as done
  from undertaking u
  where u.programme_id = $1 and u.state = 'open' and u.ends_on < $2::date
  order by u.ends_on, u.id limit $3 for no key update of u`
