import { type CommandRefusal, command } from '../database/command.ts'
import type { Reader, Writer } from '../database/database.ts'
import { idFrom } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { type AccountRefusal, createAccount, PLATFORM } from './accounts.ts'
import { type AdminKit, auditAct, type By, recordAct } from './acts.ts'
import { recordAccess } from './audit.ts'
import { closeMember, createMember, memberNames } from './members.ts'
import { ShownOnce } from './shown-once.ts'
import { checkOwned, giveOneTimePassword, lockAccount, openOnce, unlockAccount } from './standing.ts'

/**
 * Makes an account with a password that opens it once, and a member of it. The account belongs to no programme and its
 * fact to `platform`; so these are two transactions under one key, and a repetition completes what was cut off.
 * Refuses `account.taken`, `account.username`.
 */
export async function createPerson(
  kit: AdminKit,
  by: By,
  { username, name }: { username: string; name: string },
): Promise<Result<{ id: string; username: string; password: string }, AccountRefusal | CommandRefusal>> {
  const { scope, command: once } = by
  const accountId = idFrom('account', scope.programme, scope.actor, once.key)
  const password = new ShownOnce(kit.vault, scope, 'password', once.key).password()
  const account = await command(kit.app, { ...scope, programme: PLATFORM }, once, async tx => {
    const made = await createAccount(tx, kit.vault, { id: accountId, username, password, name })
    if (!made.ok) return made
    await openOnce(tx, accountId)
    await recordAct(tx, kit.recorder, { ...by, holder: 'operator' }, accountAct('account.created', accountId))
    return made
  })
  if (!account.ok) return account
  const member = await command(kit.app, scope, once, async tx => {
    const id = idFrom('member', scope.programme, accountId)
    const made = await createMember(tx, kit.vault, { id, accountId, name })
    if (!made.ok) return refuse('account.taken')
    await recordAct(tx, kit.recorder, by, { ...memberAct('member.joined', id), pub: { member: id } })
    return made
  })
  return member.ok ? ok({ id: member.value.id, username: account.value.username, password }) : member
}

const accountAct = (type: string, account: string) => ({
  type,
  subjectType: 'account',
  subjectId: account,
  pub: { account },
})

const memberAct = (type: string, member: string) => ({
  type,
  subjectType: 'member',
  subjectId: member,
  pub: {},
})

export type PersonRefusal =
  | 'person.not_found'
  | 'account.self'
  | 'account.shared'
  | 'account.administrator'
  | 'account.not_found'
  | 'account.locked_already'
  | 'account.not_locked'
  | 'account.password'

type Change = 'lock' | 'unlock' | 'password'
const factOf = { lock: 'account.locked', unlock: 'account.unlocked', password: 'account.reset' } as const

/**
 * Locks or unlocks a member's account, or gives it a password that opens it once. Not one's own (`account.self`), not
 * one that other programmes have too (`account.shared`), and no password to one of the three administrators
 * (`account.administrator`): who gives it could sign in with it, and hold two of the three. Refuses `person.not_found`,
 * `account.locked_already`, `account.not_locked`.
 */
export async function changeAccount(
  kit: AdminKit,
  by: By,
  person: string,
  change: Change,
): Promise<Result<{ id: string; password: string | null }, PersonRefusal | CommandRefusal>> {
  const { scope, command: once } = by
  const found = await kit.app.read(scope, tx => changeable(tx, person, change === 'password'))
  if (!found.ok) return found
  const account = found.value
  const password = new ShownOnce(kit.vault, scope, 'password', once.key).password()
  const work = (tx: Writer): Promise<Result<null, PersonRefusal>> =>
    change === 'lock'
      ? lockAccount(tx, account)
      : change === 'unlock'
        ? unlockAccount(tx, account)
        : giveOneTimePassword(tx, account, password)
  const changed = await command(kit.app, { ...scope, programme: PLATFORM }, once, async tx => {
    const done = await work(tx)
    if (!done.ok) return done
    await recordAct(tx, kit.recorder, { ...by, holder: 'operator' }, accountAct(factOf[change], account))
    return ok({})
  })
  if (!changed.ok) return changed
  // once more where this programme's own auditor looks
  const kept = await command<object, never>(kit.app, scope, once, async tx => {
    await auditAct(tx, by, memberAct(factOf[change], person))
    return ok({})
  })
  return kept.ok ? ok({ id: person, password: change === 'password' ? password : null }) : kept
}

async function changeable(
  tx: Reader,
  person: string,
  guarded: boolean,
): Promise<Result<string, 'person.not_found' | 'account.self' | 'account.shared' | 'account.administrator'>> {
  const account = await accountOf(tx, person)
  if (account === undefined) return refuse('person.not_found')
  if (account === tx.actor) return refuse('account.self')
  const owned = await checkOwned(tx, account, { guarded })
  return owned.ok ? ok(account) : owned
}

/** The account of a member; undefined for no member. */
export async function accountOf(tx: Reader, person: string): Promise<string | undefined> {
  const [row] = await tx.query<{ account_id: string }>(
    'select account_id from member where programme_id = $1 and id = $2',
    [tx.programme, person],
  )
  return row?.account_id
}

/** Ends a member and all roles held here; the account stays. Refuses `person.not_found` (also closed), `account.self`. */
export async function closePerson(
  tx: Writer,
  kit: AdminKit,
  by: By,
  person: string,
): Promise<Result<{ id: string }, 'person.not_found' | 'account.self'>> {
  const account = await accountOf(tx, person)
  if (account === undefined) return refuse('person.not_found')
  if (account === tx.actor) return refuse('account.self')
  const closed = await closeMember(tx, person)
  if (!closed.ok) return refuse('person.not_found')
  await recordAct(tx, kit.recorder, by, { ...memberAct('member.closed', person), pub: { member: person } })
  return ok({ id: person })
}

/** The name in clear, for a stated purpose; who asked and why is kept. Refuses `person.not_found`. */
export async function revealPerson(
  tx: Writer,
  kit: AdminKit,
  { person, purpose, requestId }: { person: string; purpose: string; requestId: string },
): Promise<Result<{ id: string; name: string | null }, 'person.not_found'>> {
  const names = await memberNames(tx, kit.vault, [person])
  if (!names.has(person)) return refuse('person.not_found')
  await recordAccess(tx, {
    action: 'person.reveal',
    subjectType: 'member',
    subjectIds: [person],
    fields: ['display_name'],
    purpose,
    requestId,
  })
  return ok({ id: person, name: names.get(person)! })
}
