import { createAccount, PLATFORM } from '@silian/kernel/access/accounts.ts'
import { createClient } from '@silian/kernel/access/clients.ts'
import { createMember, grantRole, rolesOf } from '@silian/kernel/access/members.ts'
import { createOrganisation } from '@silian/kernel/access/organisations.ts'
import { lockAccount } from '@silian/kernel/access/standing.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { checkCharacter } from '@silian/kernel/personal/identity-number.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import { worldPassword, worldTime } from '../small-world.ts'
import type { Prepare } from './requests.ts'
import type { Standing } from './stage.ts'

let count = 0
const next = (): number => ++count

/** The buyer of the side. */
const personOf = ({ world, buyer }: Standing): string =>
  world.id(buyer === world.id('account buyer') ? 'member buyer' : 'member buyer2')

interface Fresh {
  readonly account: string
  readonly member: string
}

async function newcomer(kit: Whole, { world }: Standing): Promise<Fresh> {
  const account = newId()
  const named = { id: account, username: `newcomer.${next()}`, password: worldPassword, name: '示例新' }
  const platform = { programme: PLATFORM, actor: 'system', at: worldTime }
  must(await kit.app.write(platform, tx => createAccount(tx, kit.vault, named)))
  const { id: member } = await world.write(tx =>
    createMember(tx, kit.vault, { accountId: account, name: named.name }),
  )
  return { account, member }
}

const ofPerson =
  (
    step: string,
    body: object,
    before: (kit: Whole, person: Fresh) => Promise<unknown> = async () => null,
  ): Prepare =>
  async (of, kit) => {
    const person = kit && (await newcomer(kit, of))
    if (kit && person) await before(kit, person)
    const id = person?.member ?? personOf(of)
    return { path: `/people/${id}/${step}`, body, ...(step === 'roles' ? {} : { shows: id }) }
  }

const lock = (kit: Whole, { account }: Fresh) =>
  kit.app.write({ programme: PLATFORM, actor: 'system' }, tx => lockAccount(tx, account))

const heldBy = ({ world }: Standing, member: string): Promise<string> =>
  world.write(async tx => ok((await rolesOf(tx, member))[0]!.id))

/** A key for the side's co-op; also for what stands ready. */
export const aClient = async ({ world, coop }: Pick<Standing, 'world' | 'coop'>): Promise<string> => {
  const input = { name: 'till', kind: 'client' as const, organisationId: coop, role: 'coop_clerk' as const }
  return (await world.write(tx => createClient(tx, { ...input, scopes: ['offer.browse'] }))).id
}

/** A job that was given up, of a kind that no worker knows. */
async function givenUp(kit: Whole, { world }: Standing): Promise<string> {
  const id = newId()
  const payload = { programme: world.programme, id, visible: false, actor: 'system', input: {} }
  const { rows } = await kit.batch.pool.query<{ id: string }>(
    `select id from graphile_worker.add_job('nothing.known', $1::json, max_attempts => 1)`,
    [JSON.stringify(payload)],
  )
  await kit.batch.pool.query('update graphile_worker._private_jobs set attempts = 1 where id = $1', [
    rows[0]!.id,
  ])
  return id
}

const identityOf = ({ village }: Standing): string => {
  const body = `99999919800101${village === '451003901001' ? '000' : '020'}`
  return body + checkCharacter(body)
}

const plain =
  (path: string): Prepare =>
  () => ({ path })

export const adminRequests: Readonly<Record<string, Prepare>> = {
  'GET /search': of => ({
    path: `/search?q=${encodeURIComponent(of.village === '451003901001' ? '芒果' : '猕猴桃')}`,
    shows: of.offer,
  }),
  'POST /search/identity': of => ({
    path: '/search/identity',
    body: { number: identityOf(of), purpose: 'a stated purpose' },
    shows: of.household,
  }),
  'GET /organisation-tree': of => ({ path: '/organisation-tree?limit=200', shows: of.coop }),
  'GET /organisations/{organisation}': of => ({ path: `/organisations/${of.coop}`, shows: of.coop }),
  'POST /organisations': () => ({
    path: '/organisations',
    body: {
      key: `organisation-${next()}`,
      nameZh: '示范新社',
      nameEn: 'New co-operative',
      type: 'cooperative',
      areaCode: '451003',
    },
  }),
  'POST /organisations/{organisation}/succession': async (of, kit) => {
    const input = { key: `succeeded-${next()}`, nameZh: '示范旧社', nameEn: 'Old', areaCode: '451003' }
    const id = kit
      ? (
          await of.world.write(tx =>
            createOrganisation(tx, { ...input, type: 'cooperative', validFrom: '2020-01-01' }),
          )
        ).id
      : of.coop
    const body = { kind: 'rename', nameZh: `示范新社${next()}`, nameEn: 'New' }
    return { path: `/organisations/${id}/succession`, body, shows: id }
  },
  'GET /clients': of => ({ path: '/clients?limit=200', shows: of.client }),
  'POST /clients': of => ({
    path: '/clients',
    body: {
      name: `till ${next()}`,
      kind: 'client',
      organisationId: of.coop,
      role: 'coop_clerk',
      scopes: ['offer.browse'],
    },
  }),
  'POST /clients/{client}/revocation': async (of, kit) => {
    const id = kit ? await aClient(of) : of.client
    return { path: `/clients/${id}/revocation`, body: {}, shows: id }
  },
  'GET /jobs': plain('/jobs'),
  'GET /queue': plain('/queue'),
  'POST /jobs/{job}/retry': async (of, kit) => ({
    path: `/jobs/${kit ? await givenUp(kit, of) : newId()}/retry`,
    body: {},
  }),
  'GET /health-report': plain('/health-report'),
  'GET /settings': plain('/settings'),
  'POST /settings/{key}': async (of, kit) => {
    const version = kit
      ? await of.world.write(async tx => {
          const rows = await tx.query<{ n: number }>(
            `select count(*)::int as n from setting where programme_id = $1 and key = 'publicity.days'`,
            [tx.programme],
          )
          return ok(rows[0]!.n)
        })
      : 0
    return { path: '/settings/publicity.days', body: { version, value: 8 + (next() % 50) } }
  },
  'GET /people': of => ({ path: '/people?limit=200', shows: personOf(of) }),
  'GET /people/{person}': of => ({ path: `/people/${personOf(of)}`, shows: personOf(of) }),
  'POST /people': () => ({ path: '/people', body: { username: `invited.${next()}`, name: '示例新' } }),
  'POST /people/{person}/reveal': ofPerson('reveal', { purpose: 'a stated purpose' }),
  'POST /people/{person}/lock': ofPerson('lock', {}),
  'POST /people/{person}/unlock': ofPerson('unlock', {}, lock),
  'POST /people/{person}/password': ofPerson('password', {}),
  'POST /people/{person}/closing': ofPerson('closing', {}),
  'POST /people/{person}/erasure': ofPerson('erasure', {}),
  'POST /people/{person}/roles': ofPerson('roles', { role: 'citizen', from: '2026-01-01', to: '2099-01-01' }),
  'POST /roles/{role}/end': async (of, kit) => {
    const member = kit ? (await newcomer(kit, of)).member : personOf(of)
    if (kit) await of.world.write(tx => grantRole(tx, { memberId: member, role: 'citizen' }))
    const id = await heldBy(of, member)
    return { path: `/roles/${id}/end`, body: {}, shows: id }
  },
  'GET /access-records': of => ({
    path: '/access-records?limit=200&action=household.reveal',
    shows: of.household,
  }),
}
