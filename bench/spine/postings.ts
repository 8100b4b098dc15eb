import { Database, type Scope } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { type Opening, openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { checkLedger } from '@silian/kernel/ledger/check.ts'
import type { Entry, Outcome } from '@silian/kernel/ledger/entry.ts'
import { groupPost } from '@silian/kernel/ledger/group.ts'
import { post, postAll } from '@silian/kernel/ledger/post.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { runPgbench } from '../pgbench.ts'
import { type Contender, callers, compare, type Figure } from '../rounds.ts'
import { asOwner } from '../stand.ts'
import type { Setting } from './setting.ts'

const scope: Scope = { programme: 'bench', actor: 'system' }
const CALLERS = 16

export type Spread = 'spread' | 'hot'

/**
 * Entries of two and of four postings by turns: over 1,000 accounts, or out of one hot account. The first figure is the
 * baseline. Fails if rows and balances are not those of the operations counted.
 */
export async function postings(setting: Setting, spread: Spread): Promise<Figure[]> {
  const connections = await setting.stand.database(`bench_post_${spread}`)
  const app = new Database('app', connections.app, CALLERS)
  await fill(app)
  const draw = entries(spread)
  const group = groupPost(app, scope)
  const together = async () => {
    isPosted(await group.submit(draw()))
    return 1
  }
  const send = (count: number) => async () => {
    const sent = Array.from({ length: count }, draw)
    const outcomes = must(await app.write(scope, async tx => ok(await post(tx, sent))))
    outcomes.forEach(isPosted)
    return count
  }
  const contenders: Contender[] = [
    {
      name: 'baseline',
      run: async seconds => {
        const scripts = [`post-${spread}-2.sql`, `post-${spread}-4.sql`]
        const run = await runPgbench({ program: setting.pgbench, url: connections.owner, scripts, seconds })
        return { operations: run.transactions, perSecond: run.perSecond }
      },
    },
    { name: 'one a call', run: seconds => callers(CALLERS, seconds, send(1)) },
    { name: 'grouped, 16 callers', run: seconds => callers(CALLERS, seconds, together) },
    { name: 'grouped, 200 callers', run: seconds => callers(200, seconds, together) },
    { name: 'arrays of 100', run: seconds => callers(2, seconds, send(100)) },
    { name: 'arrays of 500', run: seconds => callers(2, seconds, send(500)) },
  ]
  const { figures, operations } = await compare(setting.stand.postmaster, setting.seconds, contenders)
  await app.read(scope, async tx => {
    const faults = await checkLedger(tx)
    if (faults.accounts.length + faults.entries.length > 0) throw new Error('the ledger does not add up')
  })
  await app.close()
  const [rows] = await asOwner(connections, query =>
    query(`select count(*)::int as n from ledger_entry where kind = 'order.paid'`),
  )
  if (rows?.n !== operations) throw new Error(`${operations} entries were counted, ${rows?.n} stand`)
  return figures
}

function isPosted({ outcome }: Outcome): void {
  if (outcome !== 'posted') throw new Error(`an entry was ${outcome}`)
}

async function fill(app: Database): Promise<void> {
  const names = ['fen', 'g'].flatMap(unit =>
    Array.from({ length: 500 }, (_, n): Opening => ({ account: `${unit}/${n + 1}`, unit, kind: 'ceiling' })),
  )
  const all: Opening[] = [
    { account: 'world/fen', unit: 'fen', kind: 'free' },
    { account: 'world/g', unit: 'g', kind: 'free' },
    { account: 'hot', unit: 'fen', kind: 'ceiling' },
    ...names,
  ]
  await app.write(scope, async tx => {
    await openAccounts(tx, all)
    const full = all
      .slice(2)
      .map(({ account, unit }): Entry => entry([move(`world/${unit}`, account, 1e12)], 'fill'))
    await postAll(tx, full)
    return ok(null)
  })
}

/** Postings of a move: out of one account, into another. */
const move = (from: string, to: string, amount: number) =>
  [
    { account: from, amount: -amount },
    { account: to, amount },
  ] as const

const entry = (moves: readonly ReturnType<typeof move>[], kind = 'order.paid'): Entry => ({
  id: newId(),
  kind,
  subject: moves[0]![1].account,
  postings: moves.flat(),
})

function entries(spread: Spread): () => Entry {
  const between = (least: number, most: number) => least + Math.floor(Math.random() * (most - least + 1))
  let turn = 0
  return () => {
    turn += 1
    const from = spread === 'hot' ? 'hot' : `fen/${between(1, 250)}`
    const fen = move(from, `fen/${between(251, 500)}`, 100)
    return entry(turn % 2 ? [fen] : [fen, move(`g/${between(1, 250)}`, `g/${between(251, 500)}`, 100)])
  }
}
