import type { Pool } from 'pg'
import type { Reader, Writer } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { PLATFORM, setPassword } from './accounts.ts'
import { credentialsEnded } from './lately.ts'

/** How an account stands: whether it is locked, and until when the password it was given opens it once. */
export interface Standing {
  readonly lockedAt: Date | null
  readonly oneTimeUntil: Date | null
}

/**
 * Waits for a lock that is being put on at this moment, so that a session opened beside it is seen and ended.
 */
export async function standingOf(pool: Pool, account: string): Promise<Standing> {
  const { rows } = await pool.query<Standing>(
    `select locked_at as "lockedAt", one_time_until as "oneTimeUntil" from auth."user" where id = $1 for share`,
    [account],
  )
  return rows[0]!
}

export const endSessions = async (pool: Pool, account: string): Promise<void> => {
  await pool.query('delete from auth.session where user_id = $1', [account])
  credentialsEnded()
}

/** Nobody signs in with it until it is unlocked, and every session ends. Refuses `account.not_found`, `account.locked_already`. */
export async function lockAccount(
  tx: Writer,
  id: string,
): Promise<Result<null, 'account.not_found' | 'account.locked_already'>> {
  const before = await setLock(tx, id, tx.at)
  if (before === undefined) return refuse('account.not_found')
  if (before.locked) return refuse('account.locked_already')
  // after the lock: no session is made beside it that this does not see
  await tx.query('delete from auth.session where user_id = $1', [id])
  tx.afterCommit(credentialsEnded)
  return ok(null)
}

/** Refuses `account.not_found`, `account.not_locked`. */
export async function unlockAccount(
  tx: Writer,
  id: string,
): Promise<Result<null, 'account.not_found' | 'account.not_locked'>> {
  const before = await setLock(tx, id, null)
  if (before === undefined) return refuse('account.not_found')
  return before.locked ? ok(null) : refuse('account.not_locked')
}

/** Returns whether it was locked before; undefined where there is none. */
async function setLock(tx: Writer, id: string, at: Date | null): Promise<{ locked: boolean } | undefined> {
  if (tx.programme !== PLATFORM) throw new RangeError('accounts are written in the programme platform')
  const [before] = await tx.query<{ locked: boolean }>(
    `update auth."user" u set locked_at = $2
       from (select id, locked_at is not null as locked from auth."user" where id = $1 for update) b
      where u.id = b.id returning b.locked`,
    [id, at],
  )
  return before
}

/** Days in which a password that was given must have been replaced. */
export const ONE_TIME_DAYS = 7

/** A password that opens the account once, to set another. Ends every session. Refuses `account.not_found`. */
export async function giveOneTimePassword(
  tx: Writer,
  id: string,
  password: string,
): Promise<Result<null, 'account.not_found' | 'account.password'>> {
  const set = await setPassword(tx, id, password)
  if (set.ok) await openOnce(tx, id)
  return set
}

/** The password that it has now opens the account once, to set another. */
export async function openOnce(tx: Writer, id: string): Promise<void> {
  await tx.query('update auth."user" set one_time_until = $2 where id = $1', [
    id,
    new Date(tx.at.getTime() + ONE_TIME_DAYS * 86_400_000),
  ])
}

/** The account's own password takes the place of the given one. Refuses `account.not_found`, `account.password`. */
export async function setOwnPassword(
  tx: Writer,
  id: string,
  password: string,
): Promise<Result<null, 'account.not_found' | 'account.password'>> {
  const set = await setPassword(tx, id, password)
  if (set.ok) await tx.query('update auth."user" set one_time_until = null where id = $1', [id])
  return set
}

/**
 * Refuses `account.shared` for an account that other programmes have too: one of them must not shut out, or take over,
 * who works for another; and `account.administrator` where `guarded` and it was ever one of the three administrators.
 */
export async function checkOwned(
  tx: Reader,
  id: string,
  { guarded }: { guarded: boolean },
): Promise<Result<null, 'account.shared' | 'account.administrator'>> {
  const [row] = await tx.query<{ shared: boolean; duty: boolean }>(
    `select exists (select from account_programmes($1) p where p.programme_id <> $2) as shared,
            exists (select from auth.duty where account_id = $1) as duty`,
    [id, tx.programme],
  )
  if (row!.shared) return refuse('account.shared')
  return guarded && row!.duty ? refuse('account.administrator') : ok(null)
}
