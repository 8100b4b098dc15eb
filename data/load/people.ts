import { createAccount, PLATFORM } from '@silian/kernel/access/accounts.ts'
import { segmentOf } from '@silian/kernel/access/area.ts'
import { holderOf } from '@silian/kernel/access/holder.ts'
import { createMember, grantRole } from '@silian/kernel/access/members.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import type { HeldRole, Principal } from '@silian/kernel/access/principal.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { areaOf, countyOf, pairedCounties } from '../world/areas.ts'
import { inventName } from '../world/identity.ts'
import { organisationOf } from '../world/organisations.ts'
import { type Account, demoAccounts, type Role, staff, whoIs } from '../world/people.ts'
import { mulberry32 } from '../world/random.ts'
import { setUp } from './clock.ts'
import { hashing } from './hashes.ts'
import { chunks, Stage } from './stage.ts'

export const accountId = (username: string): string => idFrom('demo', 'account', username)
export const organisationId = (stage: Stage, key: string): string => stage.id('organisation', key)

/** Chain of area codes from the province down, as the areas' paths are. */
function pathOf(code: string): string {
  const area = areaOf(code)
  const own = segmentOf(area.code, area.level)
  return area.parent === null ? own : `${pathOf(area.parent)}/${own}`
}

function invent(seed: number, username: string, role: Role, organisation: string): Account {
  const random = mulberry32(seed)
  const name = inventName(random, random() < 0.5 ? 'male' : 'female')
  const { areaCode } = organisationOf(organisation)
  return { username, displayName: `${name}（演示）`, role, organisation, areaCode, source: 'invented' }
}

/** One cadre a county, sent by its office, confirms payouts in the villages that have none of their own. */
const sentCadres: ReadonlyMap<string, Account> = new Map(
  pairedCounties.map(({ code }) => [
    code,
    invent(Number(code), `cadre.${code}`, 'village_cadre', `county.${code}.assistance`),
  ]),
)

const secondFinance = invent(110112, 'finance.tongzhou', 'finance_officer', 'tongzhou.finance')

/** Who writes rules, confirms declarations and sends payouts. */
export const financeOf = (stage: Stage): Account =>
  stage.programme === 'tongzhou' ? secondFinance : whoIs('finance_officer', 'city.finance')

/** Who stands for a village: its own cadre, or the one sent to its county. */
export function cadreOf(villageCode: string): Account {
  const own = demoAccounts.find(({ role, areaCode }) => role === 'village_cadre' && areaCode === villageCode)
  const sent = sentCadres.get(countyOf(villageCode))
  if (!own && !sent) throw new RangeError(`no cadre for ${villageCode}`)
  return own ?? sent!
}

/** A contractor buys for the unit whose canteen it runs (P10): the trading right is opened for its buyer. */
const furtherRoles: readonly {
  readonly account: Account
  readonly role: Role
  readonly organisation: string
}[] = [{ account: whoIs('buyer', 'contractor.canteen'), role: 'buyer', organisation: 'unit.school' }]

interface Held {
  readonly role: Role
  readonly organisation: string | null
}

const rolesOf = (account: Account): Held[] => [
  { role: account.role, organisation: account.organisation },
  ...furtherRoles.filter(further => further.account.username === account.username),
]

export function principalOf(stage: Stage, account: Account): Principal {
  const held = rolesOf(account).map(
    ({ role, organisation }): HeldRole => ({
      role,
      organisationId: organisation && organisationId(stage, organisation),
      areaPath: organisation && pathOf(organisationOf(organisation).areaCode),
    }),
  )
  return {
    ...{ kind: 'person', id: accountId(account.username), memberId: memberId(stage, account) },
    ...{ programme: stage.programme, roles: held },
  }
}

export const memberId = (stage: Stage, { username }: Account): string => stage.id('member', username)

/** Somebody about to act: their id, under whose key their word is signed, and how far they may go. */
export interface Acting {
  readonly who: string
  readonly holder: string
  readonly reach: Reach
}

/** Throws where the programme's table of permissions would refuse. */
export function acting(stage: Stage, account: Account, action: string): Acting {
  const principal = principalOf(stage, account)
  return { who: principal.id, holder: holderOf(principal), reach: must(stage.kit.permit(principal, action)) }
}

/** The accounts that sign in, with a password each. */
export async function makeAccounts(
  stage: Stage,
  passwords: ReadonlyMap<string, string>,
  accounts: readonly Account[],
): Promise<void> {
  const platform = await Stage.open(stage.kit, PLATFORM, () => undefined)
  const hash = hashing()
  for (const [n, { username, displayName }] of accounts.entries()) {
    const password = passwords.get(username)!
    await platform.command({ who: 'system', at: setUp.people, key: `account ${username}` }, async tx =>
      createAccount(tx, stage.kit.vault, {
        ...{ id: accountId(username), username, name: displayName, password },
        hash: await hash(password),
      }),
    )
    stage.tell('accounts', n + 1, accounts.length)
  }
}

/**
 * Everybody who acts becomes a member with a name and a role. Only those of `signingIn` have accounts: hashing a password
 * for each of the others would cost more time than all their work.
 */
export async function makeMembers(stage: Stage): Promise<void> {
  const everyone = [...demoAccounts, ...staff, ...sentCadres.values(), secondFinance].filter(
    ({ areaCode }) => programmeOf(areaCode) === stage.programme,
  )
  for (const [n, some] of chunks(everyone, 25).entries())
    await stage.command({ who: 'system', at: setUp.people, key: `members ${n}` }, async tx => {
      for (const account of some) await makeMember(tx, stage, account)
      return ok(null)
    })
}

/** With the roles of the account; its organisations are there. */
export async function makeMember(tx: Writer, stage: Stage, account: Account): Promise<void> {
  const member = { id: memberId(stage, account), accountId: accountId(account.username) }
  must(await createMember(tx, stage.kit.vault, { ...member, name: account.displayName }))
  for (const { role, organisation } of rolesOf(account))
    must(
      await grantRole(tx, {
        ...{ id: stage.id('role', account.username, organisation ?? ''), memberId: member.id, role },
        ...(organisation ? { organisationId: organisationId(stage, organisation) } : {}),
      }),
    )
}

/** What lies above all programmes is the first one's. */
export const programmeOf = (areaCode: string): string => areaOf(areaCode).programme ?? 'shenzhen'
