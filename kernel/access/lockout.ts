import { createHmac } from 'node:crypto'
import type { Pool } from 'pg'

export interface LockoutRule {
  /** Failed sign-ins after which the subject is refused. */
  readonly limit: number
  /** Both the time in which they are counted and the time of the lock. */
  readonly windowMs: number
}

const MINUTES_15 = 15 * 60_000
export const perUsername: LockoutRule = { limit: 5, windowMs: MINUTES_15 }
/** An office shares one address, so this is wider: it stops one machine that tries many names. */
export const perAddress: LockoutRule = { limit: 50, windowMs: MINUTES_15 }

/** Names are kept as keyed hashes: people type passwords into the wrong box. */
export const attemptSubject = (indexKey: string, kind: 'username' | 'address', text: string): Buffer =>
  createHmac('sha256', Buffer.from(indexKey, 'base64'))
    .update(JSON.stringify(['sign-in', kind, text]))
    .digest()

/** Whom an address stands for: whoever has one IPv6 address has the 2^64 beside it. */
export function neighbourhood(address: string): string {
  const bare = address.split('%')[0]!
  if (bare.includes('.')) return bare.slice(bare.lastIndexOf(':') + 1)
  const [head = '', tail] = bare.split('::')
  const groups = head.split(':')
  const after = tail === undefined ? [] : tail.split(':')
  const zeros = Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0')
  return [...groups, ...zeros, ...after]
    .slice(0, 4)
    .map(group => Number.parseInt(group || '0', 16).toString(16))
    .join(':')
}

/**
 * Takes one try before the password is looked at, so that many at once cannot all pass before the first is counted:
 * one statement counts, locks at the limit, and tells whether this try may go on. What succeeds is given back.
 */
export async function takeTry(
  pool: Pool,
  subject: Buffer,
  { limit, windowMs }: LockoutRule,
  at: Date,
): Promise<boolean> {
  const { rows } = await pool.query<{ admitted: boolean }>({
    name: 'attempt-take',
    text: TAKE,
    values: [subject, at, new Date(at.getTime() - windowMs), new Date(at.getTime() + windowMs), limit],
  })
  return rows[0]!.admitted
}

// $2 now, $3 begin of the window, $4 end of a lock begun now, $5 limit
const TAKE = `
  insert into auth.attempt as a (subject, failures, refused, since, locked_until)
  values ($1, 1, 0, $2, case when $5::int <= 1 then $4::timestamptz end)
  on conflict (subject) do update set
    refused = case when a.locked_until > $2 then a.refused + 1 else 0 end,
    failures = case when a.locked_until > $2 then a.failures when a.since <= $3 then 1 else a.failures + 1 end,
    since = case when a.locked_until > $2 or a.since > $3 then a.since else $2 end,
    locked_until = case
      when a.locked_until > $2 then a.locked_until
      when (case when a.since <= $3 then 1 else a.failures + 1 end) >= $5::int then $4::timestamptz end
  returning refused = 0 as admitted`

/** A good sign-in ends the count of its name. */
export async function forgetTries(pool: Pool, subject: Buffer): Promise<void> {
  await pool.query('delete from auth.attempt where subject = $1', [subject])
}

/** A good sign-in gives its own try back, and not those of others from the same address. */
export async function returnTry(pool: Pool, subject: Buffer, { limit }: LockoutRule): Promise<void> {
  await pool.query(
    `update auth.attempt set failures = greatest(failures - 1, 0),
        locked_until = case when failures - 1 >= $2 then locked_until end where subject = $1`,
    [subject, limit],
  )
}

/** Forgets counts that can no longer lock anybody; for a timer. Returns how many. */
export async function sweepTries(pool: Pool, at: Date): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from auth.attempt where since < $1 and (locked_until is null or locked_until < $1)',
    [new Date(at.getTime() - 2 * MINUTES_15)],
  )
  return rowCount ?? 0
}
