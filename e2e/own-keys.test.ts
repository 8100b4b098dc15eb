import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { completedPurchases } from '@silian/chains/assurance/figures/metrics.ts'
import { publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { confirmedPayout } from '@silian/chains/assurance/payouts/countersign.ts'
import { acceptedOrder } from '@silian/chains/supply/orders/countersign.ts'
import { readOrder } from '@silian/chains/supply/orders/reads.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Role } from '@silian/kernel/access/roles.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import type { Entry } from '@silian/kernel/fact/entry.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { logNameOf } from '@silian/kernel/metric/define.ts'
import { readMetric } from '@silian/kernel/metric/read.ts'
import { rebuild } from '@silian/kernel/metric/rebuild.ts'
import type { Result } from '@silian/kernel/result/result.ts'
import { bodyToSign, countersign } from '@silian/kernel/signing/countersign.ts'
import { addOwnKey, endOwnKey, listOwnKeys } from '@silian/kernel/signing/own-keys.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { audit } from '@silian/verifier/audit.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logSource } from './log-source.ts'
import { type OwnKey, ownKey, ownSigner } from './own-signer.ts'
import { completedOrder, everything, orderAt, payFor, sideOne } from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let log: string
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  log = await read(tx => kit.recorder.origin(tx))
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const kinds = [acceptedOrder, confirmedPayout]
const scope = () => ({ programme: world.programme, actor: 'somebody', at: worldTime })
const read = <T>(work: (tx: Reader) => Promise<T>) => kit.app.read(scope(), work)
const write = <T>(work: (tx: Writer) => Promise<Result<T>>) => kit.app.write(scope(), work)
/** A refusal, returned or thrown, as text. */
const told = async <T>(asked: Promise<Result<T>>): Promise<string> => {
  const result = await asked.catch(error => ({ ok: false as const, ...error.refusal }))
  return result.ok ? 'ok' : `${result.code} ${Object.values(result.params ?? {})}`.trim()
}
const reach = (organisation: string) => ({
  ...{ programme: world.programme, everything: false, areaPaths: [], personIds: [] },
  organisationIds: [world.id(organisation)],
})
const someone = (role: Role, organisation: string, areaPath: string | null = null): Principal => ({
  ...{ kind: 'person', id: 'somebody', programme: world.programme },
  roles: [{ role, organisationId: world.id(organisation), areaPath }],
})
const acceptor = () => someone('canteen_acceptor', 'unit')

const registration = (key: OwnKey, organisation: string, change: object = {}) => {
  const said = { holder: world.id(organisation), kind: 'browser' as const }
  const proof = key.proof({ ...said, log })
  return { ...said, label: '食堂电脑', publicKey: key.publicKey, proof, ...change }
}
const registered = async (organisation: string): Promise<OwnKey> => {
  const key = ownKey()
  const made = await write(tx =>
    addOwnKey(tx, kit.keyring, reach(organisation), registration(key, organisation)),
  )
  expect(made).toEqual({ ok: true, value: { keyId: key.keyId } })
  return key
}
const bodyOf = async (key: OwnKey, fact: string, who: Principal): Promise<Omit<Entry, 'sig'>> => {
  const asked = await read(tx => bodyToSign(tx, kit.keyring, kinds, who, { fact, key: key.keyId }))
  if (!asked.ok) throw new Error(asked.code)
  return JSON.parse(Buffer.from(asked.value.body, 'base64').toString())
}
const send = (who: Principal, fact: string, bytes: Buffer) =>
  write(tx => countersign(tx, kit.keyring, kinds, who, { fact, bytes }))
const factsOf = (type: string, subject: string) =>
  db.owner<{ id: string; entry: Buffer }>('select id, entry from fact where type = $1 and subject = $2', [
    type,
    subject,
  ])
const accepted = async (): Promise<{ order: string; fact: string }> => {
  const order = await orderAt(kit, sideOne(world), 'accepted')
  const [fact] = await factsOf('order.accepted', order)
  return { order, fact: fact!.id }
}
const counts = () =>
  db.owner('select (select count(*) from fact)::int as facts, (select count(*) from own_key)::int as keys')

describe('a key of one’s own', () => {
  it('is registered with the proof that its holder has it, once, and listed for its organisation alone', async () => {
    const key = await registered('unit')
    const [fact] = await factsOf('key.registered', key.keyId)
    expect(JSON.parse(fact!.entry.toString()).pub).toEqual({
      ...{ alg: 'ed25519', as: 'party', custody: 'own', holder: world.id('unit') },
      ...{ key: key.publicKey, keyId: key.keyId },
    })
    const list = (organisation: string) =>
      read(tx => listOwnKeys(tx, kit.keyring, reach(organisation), { limit: 50 }))
    expect(await list('unit')).toEqual({
      log,
      holders: [{ id: world.id('unit'), name: '示范第一机关' }],
      items: [
        {
          ...{ keyId: key.keyId, holder: world.id('unit'), holderName: '示范第一机关', kind: 'browser' },
          ...{ label: '食堂电脑', registeredAt: worldTime.toISOString(), revokedAt: null, mine: true },
        },
      ],
      next: null,
    })
    expect((await list('unit2')).items).toEqual([])
    const before = await counts()
    expect(
      await told(write(tx => addOwnKey(tx, kit.keyring, reach('unit'), registration(key, 'unit')))),
    ).toBe('key.exists')
    expect(await counts()).toEqual(before)
  })

  it('is refused without its own word for this log, this holder and this kind, and leaves nothing', async () => {
    const [key, other] = [ownKey(), ownKey()]
    const holder = world.id('unit')
    const before = await counts()
    const add = (change: object, organisation = 'unit') =>
      told(write(tx => addOwnKey(tx, kit.keyring, reach(organisation), registration(key, 'unit', change))))
    expect(await add({ proof: key.proof({ holder, kind: 'browser', log: 'another/log' }) })).toBe(
      'key.unproven',
    )
    expect(await add({ proof: key.proof({ holder: world.id('unit2'), kind: 'browser', log }) })).toBe(
      'key.unproven',
    )
    expect(await add({ kind: 'client' })).toBe('key.unproven')
    expect(await add({ publicKey: other.publicKey })).toBe('key.unproven')
    expect(await add({ publicKey: Buffer.alloc(32).toString('base64') })).toBe('key.malformed')
    expect(await add({}, 'unit2')).toBe(`organisation.not_found ${holder}`)
    expect(await counts()).toEqual(before)
  })

  it('is ended by whoever stands for its organisation; what it signed before and sends later is refused', async () => {
    const key = await registered('unit')
    const { fact } = await accepted()
    const bytes = key.signed(await bodyOf(key, fact, acceptor()))
    const end = (organisation: string) =>
      told(write(tx => endOwnKey(tx, kit.keyring, reach(organisation), key.keyId, 'lost')))
    expect(await end('unit2')).toBe('key.not_found')
    expect(await end('unit')).toBe('ok')
    expect(await end('unit')).toBe('key.revoked')
    const before = await counts()
    expect(await told(send(acceptor(), fact, bytes))).toBe('key.revoked')
    expect(await counts()).toEqual(before)
    const held = await db.owner<{ key_id: string }>(`select key_id from signing_key where custody = 'held'`)
    expect(
      await told(
        write(tx => endOwnKey(tx, kit.keyring, everything(world.programme), held[0]!.key_id, 'lost')),
      ),
    ).toBe('key.not_found')
  })
})

describe('a countersignature', () => {
  it('is recorded byte for byte, once, and raises the grade of what it bears out', async () => {
    const key = await registered('unit')
    const { order, fact } = await accepted()
    const grade = async () => {
      const found = await read(tx => readOrder(tx, everything(world.programme), order))
      return found.ok ? found.value.facts.find(each => each.id === fact)?.grade : undefined
    }
    expect(await grade()).toBe('declared')
    const bytes = key.signed(await bodyOf(key, fact, acceptor()))
    const first = await send(acceptor(), fact, bytes)
    expect(first).toMatchObject({ ok: true, value: { fact, grade: 'countersigned', repeated: false } })
    expect(await send(acceptor(), fact, bytes)).toMatchObject({ ok: true, value: { repeated: true } })
    const [kept] = await factsOf('fact.countersigned', fact)
    expect(kept!.entry.equals(bytes)).toBe(true)
    expect(await grade()).toBe('countersigned')
    // another tab, a moment later
    expect(
      await told(read(tx => bodyToSign(tx, kit.keyring, kinds, acceptor(), { fact, key: key.keyId }))),
    ).toBe('fact.countersigned')
    const later = { ...JSON.parse(bytes.toString()), at: '2025-10-08T02:00:01.000Z' }
    delete later.sig
    expect(await told(send(acceptor(), fact, key.signed(later)))).toMatch(/^fact\.conflict/)
  })

  it('of the same moment is recorded once, however many send it', async () => {
    const key = await registered('unit')
    const { fact } = await accepted()
    const bytes = key.signed(await bodyOf(key, fact, acceptor()))
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(acceptor(), fact, bytes)))
    expect(answers.filter(each => each.ok && !each.value.repeated)).toHaveLength(1)
    expect(answers.every(each => each.ok)).toBe(true)
    expect(await factsOf('fact.countersigned', fact)).toHaveLength(1)
  })

  it('is refused where it says anything else, or whoever sends it or signed it is no party, and leaves nothing', async () => {
    const [key, theirs] = [await registered('unit'), await registered('unit2')]
    const { order, fact } = await accepted()
    const another = await accepted()
    const body = await bodyOf(key, fact, acceptor())
    const [shipped] = await factsOf('order.shipped', order)
    const before = await counts()
    const sending = (change: object, signer = key, to = fact, who = acceptor()) =>
      told(send(who, to, signer.signed({ ...body, ...change })))
    expect(await sending({ log: 'another/log' })).toBe('fact.forged log')
    expect(await sending({ refs: [] })).toBe('countersignature.malformed refs')
    expect(await sending({ pub: { ...body.pub, fen: '1' } })).toBe('countersignature.malformed pub')
    expect(await sending({ id: newId() })).toBe('countersignature.malformed id')
    expect(await sending({ type: 'order.completed' })).toBe('countersignature.malformed type')
    expect(await sending({ c: { x: body.refs[0] } })).toBe('countersignature.malformed c')
    expect(await sending({ at: '2025-10-07T00:00:00.000Z' })).toBe('countersignature.malformed at')
    expect(await sending({ by: 'held' })).toBe('fact.forged type')
    expect(await sending({}, ownKey())).toBe('fact.forged signature')
    // for one fact, sent as for another
    expect(await sending({}, key, another.fact)).toBe('countersignature.malformed pub')
    expect(await sending({}, key, newId())).toBe('fact.not_found')
    expect(await sending({}, key, shipped!.id)).toBe('fact.not_signable order.shipped')
    expect(await sending({}, key, fact, someone('canteen_acceptor', 'unit2'))).toBe('fact.not_found')
    expect(await sending({}, key, fact, someone('buyer', 'unit'))).toBe('fact.not_found')
    expect(await told(send(acceptor(), fact, Buffer.from('{}')))).toBe('countersignature.malformed entry')
    // a key of another organisation, in the hands of one who may
    const ask = { fact, key: theirs.keyId }
    expect(await told(read(tx => bodyToSign(tx, kit.keyring, kinds, acceptor(), ask)))).toBe('key.not_found')
    expect(await counts()).toEqual(before)
  })

  it('of somebody who stands for two units is signed by the key of the one it concerns', async () => {
    const theirs = await registered('unit2')
    const { fact } = await accepted()
    const both: Principal = {
      ...acceptor(),
      roles: [...acceptor().roles, ...someone('canteen_acceptor', 'unit2').roles],
    }
    const ask = { fact, key: theirs.keyId }
    expect(await told(read(tx => bodyToSign(tx, kit.keyring, kinds, both, ask)))).toBe('key.not_found')
  })
})

describe('the shares of a figure', () => {
  const shares = async () => {
    const asked = { from: '2025-10', to: '2025-10', by: [], where: {} }
    const asker = { reach: everything(world.programme), seesAll: true }
    const found = await read(tx => readMetric(tx, completedPurchases, asked, asker))
    return found.ok ? found.value.shares : found.code
  }
  const orderFen = 8000

  it('move with a countersignature that comes later, are the same when made anew, and stand check and verifier', async () => {
    const bank = await ownSigner(kit, world, world.id('bank'))
    const key = await registered('unit')
    const [first, second] = [
      await completedOrder(kit, sideOne(world), bank),
      await completedOrder(kit, sideOne(world), bank),
    ]
    const bought = { by: 'value', whole: 2 * orderFen, declared: 0, device: 0, bank: 2 * orderFen }
    expect(await shares()).toEqual({ ...bought, countersigned: 0 })
    const sign = async (order: string) => {
      const [fact] = await factsOf('order.accepted', order)
      const bytes = key.signed(await bodyOf(key, fact!.id, acceptor()))
      expect(await told(send(acceptor(), fact!.id, bytes))).toBe('ok')
    }
    await sign(first)
    await world.drain()
    expect(await shares()).toEqual({ ...bought, countersigned: orderFen })
    // signed before it is completed: no later word moves it
    const third = await orderAt(kit, sideOne(world), 'evaluated')
    await sign(third)
    await payFor(kit, sideOne(world), bank, third)
    await sign(second)
    await world.drain()
    const all = { ...bought, whole: 3 * orderFen, bank: 3 * orderFen, countersigned: 3 * orderFen }
    expect(await shares()).toEqual(all)
    await rebuild(kit.batch, scope(), completedPurchases, kit, { batch: 7 })
    expect(await shares()).toEqual(all)
    expect(await checkProgramme(kit, world.programme, undefined, { at: worldTime })).toMatchObject({
      differences: [],
    })
    const closing = { period: '2025-10', holder: world.id('task-force') }
    const later = { ...scope(), at: new Date('2025-11-08T02:00:00Z') }
    expect(await publishMonth(kit, later, closing)).toMatchObject({ ok: true })
    await world.drain()
    const fetchBytes = logSource(kit.app, world.programme)
    const found = await audit({ fetchBytes, vkey: (await vkey(kit.app, world.programme))! })
    const { by, ...amounts } = all
    const sums = Object.fromEntries(Object.entries(amounts).map(([name, fen]) => [name, BigInt(fen)]))
    expect(
      found.ok && found.report.shares.find(({ metric }) => metric === logNameOf(completedPurchases)),
    ).toEqual({
      ...{ metric: logNameOf(completedPurchases), period: '2025-10', unit: 'fen', by },
      ...sums,
    })
  })
})
