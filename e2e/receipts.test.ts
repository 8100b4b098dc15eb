import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { figureReceipts } from '@silian/chains/assurance/figures/receipts.ts'
import { payoutReceipts } from '@silian/chains/assurance/payouts/receipts.ts'
import { orderReceipts } from '@silian/chains/supply/orders/receipts.ts'
import { headOf, keepCosignature, markWitnessed } from '@silian/kernel/log/cosignatures.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import type { Receipts } from '@silian/kernel/log/receipt-contract.ts'
import type { ReceiptSource } from '@silian/kernel/log/receipt-routes.ts'
import { receiptsOf } from '@silian/kernel/log/receipts.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { signerOf } from '@silian/server/platform/signers.ts'
import { toFragment } from '@silian/verifier/link.ts'
import { parsePolicy } from '@silian/verifier/policy.ts'
import { type ProofReport, verifyProof } from '@silian/verifier/proof.ts'
import { verifySigner } from '@silian/verifier/signer.ts'
import { compareProofs } from '@silian/verifier/split.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { busyWorld } from './check/busy-world.ts'
import { everything } from './refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let key: string
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  await busyWorld(db, kit, world, 15, { merges: false })
  key = (await vkey(kit.app, world.programme))!
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const scope = () => ({ programme: world.programme, actor: 'test' })
const principal = { id: 'test' } as never
/** As the route answers it, to somebody who reads everything. */
const receiptsFor = (source: ReceiptSource, id: string, reach = everything(world.programme)) =>
  kit.app.read(scope(), async tx => {
    const found = await source.facts(tx, { reach, principal, id })
    return found.ok ? ok(await receiptsOf(tx, kit.keyring, found.value)) : found
  })
async function proved({ receipt }: Pick<Receipts['items'][number], 'receipt'>): Promise<ProofReport> {
  const result = await verifyProof({ proof: Buffer.from(receipt!), vkey: key })
  if (!result.ok) throw new Error(result.problems[0]!.name)
  return result.report
}
const opened = async (item: Receipts['items'][number]) =>
  (await proved(item)).openings.map(({ name, value }) => [name, Buffer.from(value).toString()])
const figure = async (): Promise<string> =>
  (await db.owner<{ id: string }>('select fact_id as id from metric_close limit 1'))[0]!.id

describe('receipts', () => {
  it('of an order are one a fact, and open what its parties read', async () => {
    const { items } = must(await receiptsFor(orderReceipts, world.id('busy 13')))
    expect(items.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        ...['order.placed', 'order.approved', 'order.shipped', 'order.accepted', 'order.paid'],
        ...['order.evaluated', 'order.completed', 'order.settled'],
      ]),
    )
    for (const item of items) {
      const { entry, index } = await proved(item)
      expect([entry.id, entry.type, index]).toEqual([item.factId, item.type, item.logIndex])
      expect(item.opened).toEqual(item.type === 'order.evaluated' ? ['text'] : [])
      expect(await opened(item)).toHaveLength(item.opened.length)
    }
    expect(await receiptsFor(orderReceipts, world.id('nobody'))).toMatchObject({ code: 'order.not_found' })
  })

  it('of a payout open one household’s share and nobody else’s', async () => {
    const [item] = await db.owner<{ id: string; household: string; fen: string; batch: string }>(
      `select id, household_id as household, amount_fen::text as fen, batch_id as batch from payout_item
        where confirmed_at is not null order by id limit 1`,
    )
    const { items } = must(await receiptsFor(payoutReceipts, item!.id))
    expect(items.map(({ type, signedBy }) => [type, signedBy])).toEqual([
      ['payout.sent', 'held'],
      ['bank.paid_out', 'own'],
      ['payout.confirmed', 'held'],
    ])
    const [sent, , confirmed] = items
    const shares = await opened(sent!)
    expect(shares).toHaveLength(1)
    expect(JSON.parse(shares[0]![1]!)).toMatchObject({ household: item!.household, fen: item!.fen })
    expect(await opened(confirmed!)).toEqual([
      ['fen', item!.fen],
      ['household', item!.household],
    ])
    const elsewhere = { ...everything(world.programme), everything: false, areaPaths: ['/nowhere/'] }
    expect(await receiptsFor(payoutReceipts, item!.id, elsewhere)).toMatchObject({ code: 'payout.not_found' })
  })

  it('of a figure are everyone’s, and of nothing else by that name', async () => {
    const { items } = must(await receiptsFor(figureReceipts, await figure()))
    expect((await proved(items[0]!)).entry.type).toBe('figure.published')
    const [order] = must(await receiptsFor(orderReceipts, world.id('busy 13'))).items
    expect(await receiptsFor(figureReceipts, order!.factId)).toMatchObject({ code: 'fact.not_found' })
  })

  it('tell whose key signed, by the operator’s word in the same log', async () => {
    const { items } = must(await receiptsFor(orderReceipts, world.id('busy 13')))
    const report = await proved(items[0]!)
    const signer = must(await kit.app.read(scope(), tx => signerOf(tx, kit.keyring, report.entry.actor)))
    expect(signer).toMatchObject({ holder: world.id('unit'), nameEn: 'First unit', custody: 'held' })
    const given = {
      beginning: Buffer.from(signer.beginning!),
      registration: Buffer.from(signer.registration!),
    }
    const proven = await verifySigner({ report, ...given, vkey: key })
    expect(proven.ok && proven.value).toMatchObject({ holder: world.id('unit'), custody: 'held' })
    expect(await kit.app.read(scope(), tx => signerOf(tx, kit.keyring, '0'.repeat(16)))).toMatchObject({
      code: 'fact.not_found',
    })
  })

  it('are of the size of a printed square', async () => {
    const order = must(await receiptsFor(orderReceipts, world.id('busy 13'))).items
    const published = must(await receiptsFor(figureReceipts, await figure())).items
    const sizes: Record<string, readonly number[]> = {}
    for (const { type, receipt } of [...order, ...published]) {
      const bytes = Buffer.from(receipt!)
      sizes[type] = [bytes.length, (await toFragment(bytes))!.length]
    }
    if (process.env.SILIAN_FIGURES) process.stdout.write(`${JSON.stringify(sizes)}\n`)
    for (const [type, [, fragment]] of Object.entries(sizes))
      expect([type, fragment! < 2048]).toEqual([type, true])
  })
})

/** A witness without a server of its own. */
const pair = generateKeyPairSync('ed25519')
const raw = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
const typed = Buffer.concat([Buffer.of(4), raw])
const keyId = createHash('sha256').update('bureau.example\n').update(typed).digest().subarray(0, 4)
const policy = () => {
  const vkey = `bureau.example+${keyId.toString('hex')}+${typed.toString('base64')}`
  const read = parsePolicy(`log ${key}\nwitness bureau ${vkey}\nquorum bureau\n`)
  if (!read.ok) throw new Error(read.problem.name)
  return read.value
}
async function cosign(size: number): Promise<void> {
  const head = (await kit.app.read(scope(), tx => headOf(tx, size)))!
  const time = Math.floor(worldTime.getTime() / 1000)
  const text = `${head.checkpoint.split('\n\n')[0]}\n`
  const seconds = Buffer.alloc(8)
  seconds.writeBigUInt64BE(BigInt(time))
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), pair.privateKey)
  const line = `\u2014 bureau.example ${Buffer.concat([keyId, seconds, signature]).toString('base64')}\n`
  const said = { witness: 'bureau.example', keyId: keyId.toString('hex'), line, at: worldTime }
  await kit.batch.write(scope(), async tx => {
    await keepCosignature(tx, size, said)
    return ok(await markWitnessed(tx, size))
  })
}
const record = () =>
  kit.app.write(scope(), async tx =>
    ok(
      await kit.recorder.record(tx, {
        ...{ type: 'order.noted', subject: world.id('busy 13'), holder: world.id('unit') },
        pub: { order: world.id('busy 13') },
      }),
    ),
  )

describe('where there are witnesses', () => {
  it('receipts wait for them, and say how far they are', async () => {
    const before = must(await receiptsFor(orderReceipts, world.id('busy 13')))
    await cosign(before.log!.size)
    must(await record())
    const noted = async () => {
      const { items, log } = must(await receiptsFor(orderReceipts, world.id('busy 13')))
      return { item: items.find(({ type }) => type === 'order.noted')!, items, log }
    }
    expect((await noted()).item).toMatchObject({ state: 'recording', receipt: null, logIndex: null })
    await world.drain()
    const waiting = await noted()
    expect(waiting.item).toMatchObject({ state: 'witnessing', receipt: null, logIndex: before.log!.size })
    expect(waiting.log).toMatchObject({
      size: before.log!.size + 1,
      witnessedSize: before.log!.size,
      witnessedAt: worldTime.toISOString(),
    })
    // what they have seen is given out meanwhile, with their word
    const old = waiting.items.find(({ type }) => type === 'order.placed')!
    const seen = await verifyProof({ proof: Buffer.from(old.receipt!), trust: { policy: policy() } })
    expect(seen.ok && seen.report.witnesses).toEqual([
      { name: 'bureau.example', time: Math.floor(worldTime.getTime() / 1000) },
    ])
    await cosign(before.log!.size + 1)
    const { item } = await noted()
    expect(item.state).toBe('ready')
    const trust = { policy: policy() }
    expect((await verifyProof({ proof: Buffer.from(item.receipt!), trust })).ok).toBe(true)
    const proofs = [Buffer.from(old.receipt!), Buffer.from(item.receipt!)] as const
    const compared = await compareProofs({ proofs, trust })
    expect(compared.ok && compared.split.kind).toBe('unconnected')
  })
})
