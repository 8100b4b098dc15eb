import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { PLATFORM, setPassword } from '@silian/kernel/access/accounts.ts'
import { must } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import { organisationOf } from '../world/organisations.ts'
import { type Role, sellers, signingIn } from '../world/people.ts'
import { hashing } from './hashes.ts'
import { accountId } from './people.ts'
import { readPrivate, writePrivate } from './private-file.ts'

/** Somebody to sign in as. */
export interface DemoAccount {
  readonly username: string
  readonly password: string
  readonly role: Role
  readonly name: string
  /** Name of the organisation; a citizen has none. */
  readonly organisation: string
}

/**
 * The accounts with their passwords: the one given for all, else those kept in the data folder, else new ones, one for all
 * sellers. Where they differ from what was kept, the accounts that are there already get the new ones before the file does.
 */
export async function chooseAccounts(
  kit: Whole,
  dataFolder: string,
  password: string | undefined,
): Promise<readonly DemoAccount[]> {
  const file = join(dataFolder, 'demo-accounts.json')
  const kept = new Map((await readPrivate<DemoAccount[]>(file))?.map(account => [account.username, account]))
  const ofSellers = sellers.map(({ username }) => kept.get(username)?.password).find(Boolean) ?? newPassword()
  const newFor = (username: string) =>
    sellers.some(seller => seller.username === username) ? ofSellers : newPassword()
  const accounts = signingIn.map(({ username, displayName, role, organisation }) => ({
    ...{ username, password: password ?? kept.get(username)?.password ?? newFor(username), role },
    ...{ name: displayName, organisation: organisation ? organisationOf(organisation).name : '' },
  }))
  if (accounts.every(account => kept.get(account.username)?.password === account.password)) return accounts
  const hash = hashing()
  for (const account of accounts) await changePassword(kit, account, hash)
  await writePrivate(file, accounts)
  return accounts
}

async function changePassword(
  kit: Whole,
  { username, password }: DemoAccount,
  hash: (password: string) => Promise<string>,
): Promise<void> {
  const changed = await kit.app.write({ programme: PLATFORM, actor: 'system' }, tx =>
    setPassword(tx, accountId(username), password, hash),
  )
  if (!changed.ok && changed.code !== 'account.not_found') must(changed)
}

/** Letters and digits that are not taken for each other; 55 bits. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

function newPassword(): string {
  const letters = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)])
  return [0, 4, 8].map(from => letters.slice(from, from + 4).join('')).join('-')
}
