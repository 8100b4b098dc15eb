import { type CommandRefusal, command } from '../database/command.ts'
import type { Reader, Writer } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { addDays, dateOf } from '../time/shanghai.ts'
import { closeAccount, PLATFORM } from './accounts.ts'
import { type AdminKit, type By, recordAct } from './acts.ts'
import { closeMember } from './members.ts'
import { checkOwned } from './standing.ts'

/** 网络安全法 art. 21: records of who did what tell it for at least six months. */
const HELD_DAYS = 184

export type ErasePersonRefusal =
  | 'person.not_found'
  | 'person.held'
  | 'account.self'
  | 'account.shared'
  | 'account.administrator'

interface Found {
  readonly account: string
  readonly closed_at: Date | null
  /** Member and account: of a server that died between the two, the account is still to be done. */
  readonly erased: boolean
  /** Held a role other than a citizen's. */
  readonly acted: boolean
}

/**
 * Closes a member with its account and destroys what names them: names, user name, password, sessions, where they were told.
 * What they did stays under a number that leads to nobody. Refuses `person.not_found` (also erased before), `account.self`,
 * `account.shared`, `account.administrator`, and `person.held` {until} for whoever acted for somebody, until half a year after
 * they left. The account belongs to no programme: two transactions under one key, both of which may be repeated.
 */
export async function erasePerson(
  kit: AdminKit,
  by: By,
  person: string,
): Promise<Result<{ id: string }, ErasePersonRefusal | CommandRefusal>> {
  const { scope, command: once } = by
  const member = await command(kit.app, scope, once, async tx => {
    const found = await erasable(tx, person)
    if (!found.ok) return found
    await closeMember(tx, person)
    await forgetMember(tx, kit, person)
    await recordAct(tx, kit.recorder, by, {
      ...{ type: 'member.erased', subjectType: 'member', subjectId: person, pub: { member: person } },
    })
    return ok({ account: found.value })
  })
  if (!member.ok) return member
  const { account } = member.value
  const done = await command<object, never>(kit.app, { ...scope, programme: PLATFORM }, once, async tx => {
    await forgetAccount(tx, kit, account)
    const act = { type: 'account.erased', subjectType: 'account', subjectId: account, pub: { account } }
    await recordAct(tx, kit.recorder, { ...by, holder: 'operator' }, act)
    return ok({})
  })
  return done.ok ? ok({ id: person }) : done
}

const namelessOf = (account: string): string => `'erased-' || right(${account}, 12)`

async function erasable(tx: Reader, person: string): Promise<Result<string, ErasePersonRefusal>> {
  const [found] = await tx.query<Found>(
    `select m.account_id as account, m.closed_at,
       exists (select from subject_key k where k.programme_id = $1 and k.subject_id = $2 and k.destroyed_at is not null)
         and exists (select from auth."user" u where u.id = m.account_id and u.username = ${namelessOf('m.account_id')}) as erased,
       exists (select from membership s where s.programme_id = $1 and s.member_id = m.id and s.role <> 'citizen') as acted
     from member m where m.programme_id = $1 and m.id = $2::uuid`,
    [tx.programme, person],
  )
  if (!found || found.erased) return refuse('person.not_found')
  if (found.account === tx.actor) return refuse('account.self')
  const owned = await checkOwned(tx, found.account, { guarded: true })
  if (!owned.ok) return owned
  const until = addDays(dateOf(found.closed_at ?? tx.at), HELD_DAYS)
  if (found.acted && until > dateOf(tx.at)) return refuse('person.held', { until })
  return ok(found.account)
}

async function forgetMember(tx: Writer, kit: AdminKit, person: string): Promise<void> {
  const targets = await tx.query<{ id: string }>(
    `update notification_target set ended_at = coalesce(ended_at, $3) where programme_id = $1 and member_id = $2 returning id`,
    [tx.programme, person, tx.at],
  )
  await kit.vault.erase(tx, [person, ...targets.map(({ id }) => id)])
}

async function forgetAccount(tx: Writer, kit: AdminKit, account: string): Promise<void> {
  await closeAccount(tx, account)
  await kit.vault.erase(tx, [account])
  await tx.query(
    `update auth."user" set name = '', username = ${namelessOf('$1')}, locked_at = coalesce(locked_at, $2), updated_at = $2
      where id = $1`,
    [account, tx.at],
  )
}
