import { randomBytes } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import type { Vault } from '../personal/vault.ts'
import { ok, type Result, refuse } from '../result/result.ts'

/** Accounts belong to no programme: what is said and sealed about them is the programme `platform`'s. */
export const PLATFORM = 'platform'

export const ACCOUNT_NAME = 'account.name'

/** Letters of any script, digits and `._@-`, 2 to 64 of them; compared without case and full-width forms. */
export const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u
export const normalUsername = (username: string): string => username.normalize('NFKC').trim().toLowerCase()

export interface AccountInput {
  readonly id?: string
  readonly username: string
  /** 8 to 128 characters, not the username. */
  readonly password: string
  /** The `hashOf` this password; computed where none is given. It is slow on purpose: many accounts of one password share it. */
  readonly hash?: string
  /** Sealed before it is stored. */
  readonly name: string
}

export const hashOf = (password: string): Promise<string> => hashPassword(password)

export type AccountRefusal = 'account.taken' | 'account.username' | 'account.password'

/**
 * Makes an account that signs in with a password; `tx` writes in the programme `platform`. Refuses `account.taken`,
 * `account.username` for a malformed one and `account.password` for a weak one.
 */
export async function createAccount(
  tx: Writer,
  vault: Vault,
  input: AccountInput,
): Promise<Result<{ id: string; username: string }, AccountRefusal>> {
  inPlatform(tx)
  const username = normalUsername(input.username)
  if (!USERNAME.test(username)) return refuse('account.username')
  if (isWeak(input.password, username)) return refuse('account.password')
  const id = input.id ?? newId(tx.at.getTime())
  const name = await vault.seal(tx, id, ACCOUNT_NAME, input.name)
  const rows = await tx.query(
    `insert into auth."user" (id, name, email, username, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)
     on conflict do nothing returning 1`,
    // better-auth wants an address; .invalid never reaches anybody (RFC 2606)
    [id, name.toString('base64url'), `${id}@account.invalid`, username, tx.at],
  )
  if (rows.length === 0) return refuse('account.taken')
  await tx.query(
    `insert into auth.account (id, account_id, provider_id, user_id, password, created_at, updated_at)
     values ($1, $2, 'credential', $2, $3, $4, $4)`,
    [newId(tx.at.getTime()), id, input.hash ?? (await hashOf(input.password)), tx.at],
  )
  return ok({ id, username })
}

/**
 * Sets another password and ends every session. Who sets one for many accounts hashes it once. Refuses `account.not_found`,
 * `account.password`.
 */
export async function setPassword(
  tx: Writer,
  id: string,
  password: string,
  hash: (password: string) => Promise<string> = hashOf,
): Promise<Result<null, 'account.not_found' | 'account.password'>> {
  inPlatform(tx)
  const [user] = await tx.query<{ username: string }>('select username from auth."user" where id = $1', [id])
  if (!user) return refuse('account.not_found')
  if (isWeak(password, user.username)) return refuse('account.password')
  await replacePassword(tx, id, await hash(password))
  return ok(null)
}

/** Nobody signs in with the account any more, and every session ends. Refuses `account.not_found`. */
export async function closeAccount(tx: Writer, id: string): Promise<Result<null, 'account.not_found'>> {
  inPlatform(tx)
  const users = await tx.query('select 1 from auth."user" where id = $1', [id])
  if (users.length === 0) return refuse('account.not_found')
  // a hash of nothing anybody knows, so that a closed account takes as long to refuse as an open one
  await replacePassword(tx, id, await hashOf(randomBytes(32).toString('base64')))
  return ok(null)
}

async function replacePassword(tx: Writer, id: string, hash: string): Promise<void> {
  await tx.query(
    `update auth.account set password = $2, updated_at = $3 where user_id = $1 and provider_id = 'credential'`,
    [id, hash, tx.at],
  )
  await tx.query('delete from auth.session where user_id = $1', [id])
}

const isWeak = (password: string, username: string): boolean =>
  password.length < 8 || password.length > 128 || normalUsername(password) === username

function inPlatform(tx: Writer): void {
  if (tx.programme !== PLATFORM) throw new RangeError('accounts are written in the programme platform')
}
