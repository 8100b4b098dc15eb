import { completedPurchases } from '@silian/chains/assurance/figures/metrics.ts'
import { metrics } from '@silian/chains/declared.ts'
import { tlogProof } from '@silian/kernel/log/proofs.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { isClosable, logNameOf } from '@silian/kernel/metric/define.ts'
import { readShare, shareJson } from '@silian/kernel/metric/share.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { audit } from '@silian/verifier/audit.ts'
import { verifyProof } from '@silian/verifier/proof.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { busyWorld } from './check/busy-world.ts'
import { logSource } from './log-source.ts'
import { type SmallWorld, smallWorld } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let key: string
beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  await busyWorld(db, kit, world, 15)
  key = (await vkey(kit.app, world.programme))!
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const PERIOD = '2025-10'
const scope = () => ({ programme: world.programme, actor: 'test' })
type Asked = Parameters<typeof readShare>[4]
const share = (asked: Asked, metric = completedPurchases) =>
  kit.app.read(scope(), tx => readShare(tx, kit.recorder, metric, PERIOD, asked))
/** The receipt of a share, as its party is given it, under the eyes of the verifier. */
async function proven(asked: Asked, change: Record<string, unknown> = {}) {
  const found = must(await share(asked))
  const proof = await tlogProof(kit.app, world.programme, found.figure, [], {
    ...shareJson(found),
    ...change,
  })
  const result = await verifyProof({ proof: Buffer.from(proof!), vkey: key })
  return result.ok ? result.report.share : result.problems.map(({ name }) => name)
}
const facts = () =>
  db.owner<{ index: number; lines: number; total: string }>(
    `select e.log_index::int as index, jsonb_array_length(convert_from(f.entry, 'utf8')::jsonb->'pub'->'lines') as lines
       from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
      where f.type = 'order.completed' and e.log_index < (select up_to from metric_close where metric = $1 and period = $2)
      order by 1`,
    [logNameOf(completedPurchases), PERIOD],
  )

describe('a published figure', () => {
  it('proves the amount of every line that it counts: their places fill the sum without a gap', async () => {
    const [closed] = await db.owner<{ total: string }>(
      'select total::text from metric_close where metric = $1 and period = $2',
      [logNameOf(completedPurchases), PERIOD],
    )
    const lines = (await facts()).flatMap(({ index, lines: n }) =>
      Array.from({ length: n }, (_, place) => ({ logIndex: index, place })),
    )
    expect(lines.length).toBeGreaterThan(2)
    const places = []
    for (const line of lines) places.push(await proven(line))
    const sorted = (places as { from: bigint; to: bigint }[]).toSorted((a, b) => Number(a.from - b.from))
    expect(sorted.map(({ from }) => from)).toEqual([0n, ...sorted.slice(0, -1).map(({ to }) => to)])
    expect(sorted.at(-1)!.to).toBe(BigInt(closed!.total))
  })

  it('has no share of what it does not count', async () => {
    expect(await share({ logIndex: 0, place: 0 })).toMatchObject({ code: 'share.not_found' })
    expect(await share({ logIndex: 10_000_000, place: 0 })).toMatchObject({ code: 'share.not_found' })
  })

  it('bears out no other amount, fact or place', async () => {
    const { index } = (await facts())[0]!
    const line = { logIndex: index, place: 0 }
    // leaves stand in the order of their salted commitments: now and then this one is the first
    const { index: leaf } = must(await share(line))
    for (const change of [
      { amount: '1' },
      { logIndex: index + 1 },
      { place: 1 },
      { fact: world.id('h1') },
      { index: leaf === 0 ? 1 : 0 },
      { side: 'minus' },
      { path: [] },
    ])
      expect([change, await proven(line, change)]).toEqual([change, ['proof.bad-share']])
    for (const change of [
      { amount: 5 },
      { amount: '01' },
      { salt: 'AAAA' },
      { more: 1 },
      { path: [[1, '0']] },
    ])
      expect([change, await proven(line, change)]).toEqual([change, ['proof.extra-malformed']])
  })

  it('of every metric comes to its total, and the log stands every check', async () => {
    const rows = await db.owner<{ metric: string; total: string; plus: string; minus: string }>(
      `select c.metric, c.total::text, coalesce(sum(l.sum) filter (where l.side = 'plus'), 0)::text as plus,
         coalesce(sum(l.sum) filter (where l.side = 'minus'), 0)::text as minus
       from metric_close c left join figure_leaf l using (programme_id, metric, period)
       group by c.programme_id, c.metric, c.period, c.total`,
    )
    expect(rows.map(({ metric }) => metric).sort()).toEqual(metrics.filter(isClosable).map(logNameOf).sort())
    for (const { total, plus, minus } of rows) expect(BigInt(plus) - BigInt(minus)).toBe(BigInt(total))
    const result = await audit({ fetchBytes: logSource(kit.app, world.programme), vkey: key })
    expect(result.ok ? result.report.figures.checked : result.problems).toBe(rows.length)
  })
})
