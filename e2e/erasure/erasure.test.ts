import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { confirmItem } from '@silian/chains/assurance/payouts/service.ts'
import { benefitHolder } from '@silian/chains/assurance/settlement/retention.ts'
import { erasable } from '@silian/chains/declared.ts'
import { createAccount } from '@silian/kernel/access/accounts.ts'
import { closeMember, createMember } from '@silian/kernel/access/members.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { createLogger } from '@silian/kernel/http/logger.ts'
import { tlogProof } from '@silian/kernel/log/proofs.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { endCases } from '@silian/kernel/retention/cases.ts'
import type { Receipt } from '@silian/kernel/retention/contract.ts'
import { carryErasures } from '@silian/kernel/retention/job.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { settleState } from '@silian/kernel/undertaking/settle.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { type RunningServer, startServer } from '@silian/server/server.ts'
import { audit } from '@silian/verifier/audit.ts'
import { verifyProof } from '@silian/verifier/proof.ts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { logSource } from '../log-source.ts'
import { type OwnSigner, ownSigner } from '../own-signer.ts'
import { type Http, httpTo, keyed, signIn, under } from '../refusals/asker.ts'
import { everything, itemOf, paidBatch, type Side, sideOne } from '../refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from '../small-world.ts'
import { live } from './lives.ts'
import { type Known, leaving, paid, wordsOf } from './people.ts'
import { filesBelow, scan } from './scan.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let server: RunningServer
let http: Http
let bank: OwnSigner
let side: Side
let folder: string
const logged: string[] = []
const ids = { a: '', b: '' }
const proofs: string[] = []
/** When nothing is owed any more. */
const later = new Date('2027-03-01T02:00:00Z')
const asAt = (at: Date, actor = 'system') => ({ programme: world.programme, actor, at })
const write = <T>(work: (tx: Writer) => Promise<Result<T>>) => world.write(work, 'somebody')

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: worldTime, shouldAdvanceTime: true })
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'silian-erasure-'))
  kit = composeKit(db.connections, db.secrets, folder)
  world = await smallWorld(kit, { accounts: true })
  side = sideOne(world)
  bank = await ownSigner(kit, world, world.id('bank'))
  server = await startServer({
    config: configFrom(readEnv({ PORT: '0', SILIAN_DATA: folder })),
    secrets: db.secrets,
    connections: db.connections,
    logger: createLogger('trace', { write: line => void logged.push(line) }),
  })
  http = httpTo(server.url)
  Object.assign(ids, await live({ db, kit, world, side, bank }))
}, 120_000)
afterAll(async () => {
  await server.stop()
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
  await rm(folder, { recursive: true, force: true })
  vi.useRealTimers()
})

const cookies = new Map<string, string>()
async function ask(person: string, method: 'GET' | 'POST', path: string, body?: object) {
  const cookie = cookies.get(person) ?? (await signIn(server.url, `${person}.${world.programme}`))
  cookies.set(person, cookie)
  const headers = keyed({ cookie, 'x-silian-request': '1' })
  return http({ method, path: under(world.programme, path), headers, ...(body ? { body } : {}) })
}

const erasureOf = async (row: string) => {
  const { body } = await ask('cadre', 'GET', `/erasures?row=${row}`)
  return (body as { items: { id: string; state: string; factId: string; receipt: Receipt }[] }).items[0]
}

async function decided(row: string, member: string, outcome = 'erase'): Promise<void> {
  const form = { asked: 'in_person', ground: 'withdrawn', identityChecked: true }
  const opened = await ask(member, 'POST', '/processes/household_erasure/cases', { about: row, form })
  expect([opened.status, opened.text]).toEqual([200, expect.any(String)])
  const [task] = await db.owner<{ id: string }>(
    'select id from process_task where case_id = $1 and closed_at is null',
    [opened.body.id],
  )
  const note = outcome === 'erase' ? {} : { note: '示例理由' }
  const answer = await ask('county', 'POST', `/tasks/${task!.id}/decision`, { outcome, ...note })
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
}

/** Until the background has carried it out. */
const carried = (row: string, state: string) =>
  vi.waitFor(async () => expect((await erasureOf(row))?.state).toBe(state), {
    timeout: 20_000,
    interval: 200,
  })

const clean = async (at: Date) => {
  await world.drain()
  expect((await checkProgramme(kit, world.programme, undefined, { at })).differences).toEqual([])
}
const proofsOf = async (type: string): Promise<string[]> => {
  const facts = await db.owner<{ id: string }>(
    'select f.id from fact f join log_entry e on e.fact_id = f.id where f.type = $1',
    [type],
  )
  const all = []
  for (const { id } of facts) all.push((await tlogProof(kit.app, world.programme, id))!)
  return all
}
const verified = async (proof: string) =>
  (await verifyProof({ proof: Buffer.from(proof), vkey: (await vkey(kit.app, world.programme))! })).ok

it('both stand where people look for them', async () => {
  const list = await ask('cadre', 'GET', `/registers/household?q=${leaving.code}`)
  expect(list.body).toMatchObject({ items: [{ id: ids.a }] })
  const revealed = await ask('county', 'POST', `/registers/household/${ids.a}/reveal`, {
    purpose: `核对${leaving.head}`,
  })
  expect(revealed.text).toContain(leaving.numbers[0])
  const identity = await ask('county', 'POST', '/search/identity', {
    number: leaving.numbers[0],
    purpose: '核对',
  })
  expect(identity.status).toBe(200)
  expect((await ask('county', 'GET', '/registers/household/export.csv?language=zh')).text).toContain(
    leaving.code,
  )
  const found = await scan(db, kit, world.programme, wordsOf(leaving))
  expect(new Set(found.map(each => each.split(' ').at(-1)))).toEqual(new Set(wordsOf(leaving)))
  for (const type of ['household.registered', 'link.consented', 'order.settled', 'visit.registered'])
    proofs.push(...(await proofsOf(type)))
  expect(proofs.length).toBeGreaterThan(5)
  for (const proof of proofs) expect(await verified(proof)).toBe(true)
  await clean(worldTime)
})

it('is asked where a household lives, by somebody checked, and decided by its county alone', async () => {
  const body = { about: ids.a, form: { asked: 'letter', ground: 'left', identityChecked: true } }
  const refused = async (person: string, given: object) => {
    const { status, body: told } = await ask(person, 'POST', '/processes/household_erasure/cases', given)
    return `${status} ${told.code}`
  }
  expect(await refused('cadre2', body)).toBe('404 subject.not_found')
  expect(await refused('coop', body)).toBe('403 action.forbidden')
  expect(await refused('cadre', { ...body, form: { ...body.form, identityChecked: false } })).toBe(
    '409 household_erasure.not_checked',
  )
  await decided(ids.a, 'cadre', 'refuse')
  await decided(world.id('h2'), 'cadre', 'refuse')
  expect(await erasureOf(ids.a)).toBeUndefined()
  expect((await ask('county2', 'GET', '/erasures')).body).toMatchObject({ items: [] })
})

it('waits for what is owed: links in force, goods and money on their way', async () => {
  // of the household that delivered what is still in stock
  const [goods] = await kit.app.read(asAt(worldTime), tx => benefitHolder.waits!(tx, [world.id('h1')]))
  expect(goods).toEqual({ code: 'goods', count: 1 })
  // what was not sold in two years is not waited for
  const [unsold] = await kit.app.read(asAt(new Date('2028-01-01T02:00:00Z')), tx =>
    benefitHolder.waits!(tx, [world.id('h1')]),
  )
  expect(unsold).toEqual({ code: 'goods', count: 0 })
  await decided(ids.b, 'cadre')
  await carried(ids.b, 'waiting')
  expect((await erasureOf(ids.b))!.receipt.waits).toEqual([
    { code: 'link', count: 1 },
    { code: 'owed', count: 1 },
  ])
  const batch = await paidBatch(kit, side, bank)
  const item = await itemOf(kit, { ...side, household: ids.b }, batch)
  await carryErasures(kit, erasable, asAt(worldTime))
  expect((await erasureOf(ids.b))!.receipt.waits).toEqual([
    { code: 'link', count: 1 },
    { code: 'payout', count: 1 },
  ])
  await write(tx => confirmItem(tx, kit, everything(world.programme), item))
  await carryErasures(kit, erasable, asAt(worldTime))
  expect((await erasureOf(ids.b))!.receipt.waits).toEqual([{ code: 'link', count: 1 }])
  // until then it stands as it was
  expect((await ask('cadre', 'GET', `/registers/household/${ids.b}`)).body).toMatchObject({ validTo: null })
  // one of which something is asked already is not asked about again
  const again = { about: ids.b, form: { asked: 'letter', ground: 'left', identityChecked: true } }
  expect((await ask('cadre', 'POST', '/processes/household_erasure/cases', again)).body.code).toBe(
    'subject.not_found',
  )
})

it('a person of whom nothing is held is found nowhere afterwards', async () => {
  const before = await db.owner<{ n: number }>('select count(*)::int as n from fact')
  await decided(ids.a, 'cadre')
  await carried(ids.a, 'done')
  const { receipt, factId } = (await erasureOf(ids.a))!
  expect(receipt.stays).toEqual([])
  expect(Object.fromEntries(receipt.destroyed.map(({ kind, count }) => [kind, count]))).toEqual({
    ...{ row: 2, part: 3, told: 1, past: 4, proposal: 1, file: 2, workbook: 2, case: 2 },
    ...{ opening: expect.any(Number), look: expect.any(Number) },
  })
  expect(factId).toEqual(expect.any(String))
  expect((await db.owner<{ n: number }>('select count(*)::int as n from fact'))[0]!.n).toBeGreaterThan(
    before[0]!.n,
  )
  expect(await scan(db, kit, world.programme, wordsOf(leaving))).toEqual([])
  await nowhereAsked(leaving, ids.a)
  const row = (await ask('cadre', 'GET', `/registers/household/${ids.a}`)).body
  expect(row).toMatchObject({
    values: { class: null, headName: null, bankName: null },
    parts: { member: [] },
  })
  await clean(worldTime)
})

/** Asked for over HTTP in every way; nor in what the server wrote to its log. */
async function nowhereAsked(who: Known, id: string): Promise<void> {
  const answers = [
    await ask('cadre', 'GET', `/registers/household?closed=true&q=${who.code}`),
    await ask('county', 'POST', '/registers/household/find', { q: who.numbers[0], closed: 'true' }),
    await ask('county', 'POST', '/search/identity', { number: who.numbers[1], purpose: '核对' }),
    await ask('county', 'GET', '/registers/household?closed=true&limit=200'),
    await ask('county', 'GET', '/registers/household/export.csv?language=zh&closed=true'),
    await ask('county', 'GET', '/registers/visit/export.csv?language=zh&closed=true'),
    await ask('county', 'POST', `/registers/household/${id}/reveal`, { purpose: 'to see' }),
    await ask('county', 'GET', `/registers/household/${id}/history`),
    await ask('county', 'GET', '/notifications'),
    await ask('auditor', 'GET', '/payout-items'),
  ]
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  for (const { text } of answers) expect(wordsOf(who).filter(word => text.includes(word))).toEqual([])
  expect(wordsOf(who).filter(word => logged.some(line => line.includes(word)))).toEqual([])
}

it('of one who was paid exactly what the receipt lists is kept, apart and for its purpose', async () => {
  vi.setSystemTime(later)
  cookies.clear()
  await kit.app.write(asAt(later), async tx => ok(await settleState(tx, 50)))
  await carryErasures(kit, erasable, asAt(later))
  const { id, state, receipt } = (await erasureOf(ids.b))!
  expect(state).toBe('restricted')
  expect(receipt.stays.toSorted((a, b) => (a.class < b.class ? -1 : 1))).toEqual([
    { class: 'accounting', fields: ['code', 'headName', 'bankName', 'bankAccount'], until: '2056-01-01' },
    { class: 'contract', fields: ['code', 'headName', 'file.consent'], until: '2029-06-30' },
  ])
  const kept = [paid.account, paid.bank, paid.code, paid.head]
  expect(await scan(db, kit, world.programme, wordsOf(paid))).toEqual(
    kept.map(word => `public.retained opened ${word}`).toSorted(),
  )
  await nowhereAsked(paid, ids.b)
  const look = (person: string, name: string) =>
    ask(person, 'POST', `/erasures/${id}/reveal`, { class: name, purpose: '核对凭证' })
  expect((await look('cadre', 'accounting')).status).toBe(403)
  expect((await look('county2', 'accounting')).body.code).toBe('erasure.not_found')
  expect((await look('county', 'procurement')).body.code).toBe('erasure.not_held')
  const shown = (await look('finance', 'accounting')).body as { values: { field: string; text: string }[] }
  expect(Object.fromEntries(shown.values.map(({ field, text }) => [field, text]))).toEqual({
    ...{ code: paid.code, headName: paid.head, bankName: paid.bank, bankAccount: paid.account },
  })
  const looks = await db.owner(
    `select actor_id, fields, purpose from access_audit where action = 'erasure.reveal'`,
  )
  expect(looks).toEqual([
    {
      actor_id: world.id('account finance'),
      fields: ['bankAccount', 'bankName', 'code', 'headName'],
      purpose: 'accounting: 核对凭证',
    },
  ])
  const pdf = await ask('cadre', 'GET', `/erasures/${id}/receipt.pdf?language=zh`)
  expect([pdf.status, pdf.type]).toEqual([200, 'application/pdf'])
  const paper = (await look('county', 'contract')).body as { files: string[] }
  expect((await ask('county', 'GET', `/files/${paper.files[0]}`)).status).toBe(200)
  const [read] = await db.owner(
    `select purpose from access_audit where action = 'file.read' order by id desc limit 1`,
  )
  expect(read).toEqual({ purpose: 'contract: 核对凭证' })
  // finance may look at it, too, but has not said what for
  expect((await ask('finance', 'GET', `/files/${paper.files[0]}`)).status).toBe(404)
  expect((await ask('coop', 'GET', `/files/${paper.files[0]}`)).status).toBe(404)
  await clean(later)
}, 60_000)

async function erasePersonOf(member: string): Promise<string> {
  const { status, body } = await ask('security', 'POST', `/people/${member}/erasure`, {})
  return status === 200 ? 'erased' : `${body.code} ${JSON.stringify(body.params)}`
}

it('an account closes for good: who acted for somebody is told of for half a year', async () => {
  const erase = (name: string) => erasePersonOf(world.id(`member ${name}`))
  expect(await erase('township')).toBe('person.held {"until":"2027-09-01"}')
  expect(await erase('security')).toBe('account.self {}')
  expect(await erase('admin')).toBe('account.administrator {}')
  const names = ['示例citizen', 'citizen.shenzhen']
  expect(await scan(db, kit, 'shenzhen', ['citizen.shenzhen'])).not.toEqual([])
  expect(await erase('citizen')).toBe('erased')
  expect(await erase('citizen')).toBe('person.not_found {}')
  const left = [...(await scan(db, kit, 'shenzhen', names)), ...(await scan(db, kit, 'platform', names))]
  expect(left).toEqual([])
  await expect(signIn(server.url, 'citizen.shenzhen')).rejects.toThrow('401')
})

it('an account goes even if the server died when only its member was gone', async () => {
  const said = { username: 'halfway', password: 'a long test password', name: '示例半途' }
  const account = must(
    await kit.app.write({ programme: 'platform', actor: 'test' }, tx => createAccount(tx, kit.vault, said)),
  )
  const { id } = await write(tx => createMember(tx, kit.vault, { accountId: account.id, name: said.name }))
  await write(async tx => {
    await closeMember(tx, id)
    await kit.vault.erase(tx, [id])
    return ok(null)
  })
  expect(await erasePersonOf(id)).toBe('erased')
  expect(await erasePersonOf(id)).toBe('person.not_found {}')
  expect(await scan(db, kit, 'platform', ['halfway', said.name])).toEqual([])
})

it('what is held goes at its term, class by class, and carrying it out again changes nothing', async () => {
  const { id } = (await erasureOf(ids.b))!
  const left = async () =>
    (
      await db.owner<{ class: string }>(
        'select distinct class from retained where erasure_id = $1 order by 1',
        [id],
      )
    ).map(row => row.class)
  await carryErasures(kit, erasable, asAt(later))
  expect(await left()).toEqual(['accounting', 'contract'])
  await carryErasures(kit, erasable, asAt(new Date('2029-06-30T02:00:00Z')))
  expect(await left()).toEqual(['accounting'])
  const { sweepFiles } = await import('@silian/kernel/files/sweep.ts')
  await sweepFiles(kit.batch, kit.files, asAt(new Date('2029-06-30T02:00:00Z')))
  await carryErasures(kit, erasable, asAt(new Date('2056-01-01T02:00:00Z')))
  expect(await left()).toEqual([])
  expect((await erasureOf(ids.b))!.state).toBe('done')
  // notes of other cases are held five years
  const noted = () =>
    db.owner(
      'select 1 from subject_key k join process_case c on c.id::text = k.subject_id where c.about = $1 and k.sealed_key is not null',
      [world.id('h2')],
    )
  await endCases(kit, asAt(new Date('2030-10-07T02:00:00Z')))
  expect((await noted()).length).toBe(1)
  await endCases(kit, asAt(new Date('2030-10-08T02:00:00Z')))
  expect(await noted()).toEqual([])
  expect(await scan(db, kit, world.programme, wordsOf(paid))).toEqual([])
  const rows = await db.owner<{ id: string }>('select id from file')
  const known = new Set(rows.map(row => row.id))
  for await (const [name] of filesBelow(join(folder, 'files')))
    expect(known.has(name.split('-').slice(1).join('-'))).toBe(true)
})

it('all that was proved before is proved still, and so is what was done', async () => {
  await world.drain()
  for (const proof of proofs) expect(await verified(proof)).toBe(true)
  for (const type of [
    'household.registered',
    'order.settled',
    'payout.confirmed',
    'erasure.carried',
    'erasure.ended',
  ])
    for (const proof of await proofsOf(type)) expect(await verified(proof)).toBe(true)
  const fetchBytes = logSource(kit.app, world.programme)
  const result = await audit({ fetchBytes, vkey: (await vkey(kit.app, world.programme))! })
  expect(result).toMatchObject({ ok: true, report: { types: { 'erasure.carried': 2, 'erasure.ended': 1 } } })
  await clean(new Date('2056-01-01T02:00:00Z'))
}, 60_000)
