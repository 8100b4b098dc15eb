import { registers } from '@silian/chains/declared.ts'
import { listAudit } from '@silian/kernel/access/audit-list.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import { Turns } from '@silian/kernel/access/turns.ts'
import { keepCheck, readHealth } from '@silian/kernel/health/report.ts'
import { checkCharacter } from '@silian/kernel/personal/identity-number.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { search } from '@silian/kernel/search/find.ts'
import { searchSealed } from '@silian/kernel/search/registers.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { sought } from '@silian/server/search/kinds.ts'
import { searchRoutes } from '@silian/server/search/routes.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderAt, sideOne } from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

const programme = 'shenzhen'
let db: TestDatabase
let kit: Whole
let world: SmallWorld
let order: { id: string; number: string }
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  const id = await orderAt(kit, sideOne(world), 'approved')
  const [row] = await db.owner<{ number: string }>('select number from "order" where id = $1', [id])
  order = { id, number: row!.number }
  await world.drain()
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const nobody: Principal = { kind: 'public', id: 'public', programme, roles: [] }
const as = (role: Principal['roles'][number]['role'], organisation: string, areaPath: string): Principal => ({
  kind: 'person',
  id: world.id(`account ${role}`),
  memberId: world.id(`member ${role}`),
  programme,
  roles: [{ role, organisationId: world.id(organisation), areaPath }],
})
const buyer = () => as('buyer', 'unit', '44/4403/440304')
const otherBuyer = () => as('buyer', 'unit2', '44/4403/440303')
const cadre = () => as('village_cadre', 'village', '45/4510/451003/451003901/451003901001')
const otherCadre = () => as('village_cadre', 'village2', '45/4510/451028/451028901/451028901001')
const auditor = () => as('auditor', 'auditor', '44/4403')

const found = async (principal: Principal, text: string) => {
  const { groups } = await kit.app.read({ programme, actor: principal.id, at: worldTime }, tx =>
    search(tx, sought, { permit: kit.permit, principal }, text),
  )
  return groups.flatMap(({ kind, hits }) => hits.map(({ id }) => `${kind} ${nameOf(id)}`))
}
const names = ['mango', 'kiwi', 'offer1', 'offer2', 'offer3', 'coop', 'coop2', 'h1', 'h2', 'h3']
const nameOf = (id: string) => names.find(name => world.id(name) === id) ?? (id === order.id ? 'order' : id)

describe('search', () => {
  it('finds what is on sale and who sells it for everyone, by name, pinyin and initials', async () => {
    for (const text of ['芒果', 'mangguo', 'mg'])
      expect([text, (await found(nobody, text)).sort()]).toEqual([
        text,
        ['offer offer1', 'offer offer3', 'organisation coop'],
      ])
    expect(await found(nobody, '高原')).toEqual(['offer offer2'])
    expect(await found(nobody, '没有这个')).toEqual([])
  })

  it('finds products for those who may read them', async () => {
    expect(await found(as('coop_clerk', 'coop', '45/4510/451003'), '百色')).toContain('product mango')
    expect(await found(as('coop_clerk', 'coop2', '45/4510/451028'), '百色')).not.toContain('product mango')
  })

  it('finds an order by its number or the beginning of it, for its sides and the offices', async () => {
    for (const text of [order.number, order.number.toLowerCase(), order.number.slice(0, 11)])
      for (const who of [buyer(), auditor(), as('coop_clerk', 'coop', '45/4510/451003')])
        expect([text, await found(who, text)]).toEqual([text, ['order order']])
    expect(await found(otherBuyer(), order.number)).toEqual([])
    expect(await found(nobody, order.number)).toEqual([])
  })

  it('finds a household by its code where it may be read', async () => {
    expect(await found(cadre(), 'HH-1')).toEqual(['household h1'])
    expect(await found(otherCadre(), 'HH-1')).toEqual([])
    expect(await found(nobody, 'HH-1')).toEqual([])
  })

  it('looks for numbers by an index under row security', async () => {
    // of a handful of rows every index is as good as any other: only the one in question is left
    const others = await db.owner<{ name: string }>(
      `select indexrelid::regclass::text as name from pg_index
        where indrelid = '"order"'::regclass and not indisunique and pg_get_indexdef(indexrelid) !~ 'number'`,
    )
    for (const { name } of others) await db.owner(`drop index ${name}`)
    const plan = await kit.app.read({ programme, actor: 'test' }, async tx => {
      await tx.query('set local enable_seqscan = off')
      return tx.query<{ 'QUERY PLAN': string }>(
        `explain select 1 from "order" where programme_id = 'shenzhen' and number collate "C" >= '2025' and number collate "C" < '2025~'`,
      )
    })
    expect(plan.map(row => row['QUERY PLAN']).join('\n')).toMatch(/Index Cond: .*number/)
  })
})

it('is asked so many times a minute by one address', async () => {
  const [route] = searchRoutes(kit, new Turns(1))
  const ask = (address: string) =>
    route!.handle({
      scope: { programme },
      principal: nobody,
      query: { q: '芒果' },
      asked: { address },
    } as never)
  expect((await ask('192.0.2.9')).ok).toBe(true)
  expect(await ask('192.0.2.9')).toMatchObject({ code: 'search.too_many', params: { seconds: 60 } })
  expect((await ask('192.0.2.10')).ok).toBe(true)
})

describe('a search for a person', () => {
  const body = '99999919800101000'
  const number = body + checkCharacter(body)
  const look = async (principal: Principal, of = number) => {
    const scope = { programme, actor: principal.id, at: worldTime }
    const who = { permit: kit.permit, principal }
    const result = await kit.app.write(scope, tx =>
      searchSealed(tx, kit, registers, who, { number: of, purpose: '回访', requestId: 'r' }),
    )
    return result.ok
      ? result.value.groups.flatMap(({ hits }) => hits.map(({ id }) => nameOf(id)))
      : result.code
  }

  it('finds the household of a whole number where its people may be seen, and keeps that it was asked', async () => {
    expect(await look(cadre())).toEqual(['h1'])
    expect(await look(cadre(), '10000000000')).toEqual(['h1'])
    expect(await look(otherCadre())).toEqual([])
    expect(await look(cadre(), number.slice(0, 17))).toEqual([])
    const { items } = await kit.app.read({ programme, actor: 'test', at: worldTime }, tx =>
      listAudit(tx, { action: 'household.find', limit: 10 }),
    )
    expect(items.map(({ subjectId, purpose }) => [nameOf(subjectId), purpose])).toEqual([
      ['none', '回访'],
      ['none', '回访'],
      ['h1', '回访'],
      ['h1', '回访'],
    ])
  })

  it('is nothing for whoever may see nobody in clear', async () => {
    expect(await look(auditor())).toEqual([])
    expect(await look(nobody)).toEqual([])
  })
})

describe('the report on health', () => {
  it('tells the log, its readers, files and the last check, in the programme alone', async () => {
    const scope = { programme, actor: 'test', at: worldTime }
    const before = await kit.app.read(scope, tx => readHealth(tx, {}))
    expect(before).toMatchObject({ check: null, mail: null, files: { count: 0, bytes: 0, disk: null } })
    expect(before.log).toMatchObject({ waiting: 0, oldest: null })
    expect(before.log.size).toBeGreaterThan(20)
    expect(before.subscriptions.every(({ behind, code }) => behind === 0 && code === null)).toBe(true)
    expect(before.subscriptions.map(({ name }) => name)).toContain('search.offer')
    await kit.batch.write(scope, async tx =>
      ok(await keepCheck(tx, { facts: 5, comparisons: 60, differences: 0 })),
    )
    const mail = { host: 'mail.example' }
    const after = await kit.app.read(scope, tx => readHealth(tx, { dataFolder: '/', mail }))
    expect(after.check).toMatchObject({ facts: 5, comparisons: 60, differences: 0 })
    expect([after.mail, after.files.disk!.totalBytes > 0]).toEqual([mail, true])
    const other = await kit.app.read({ ...scope, programme: 'nowhere' }, tx => readHealth(tx, {}))
    expect([other.log.size, other.subscriptions, other.check]).toEqual([0, [], null])
  })
})
