import { findPgbench, runPgbench } from '../pgbench.ts'
import { against, type Row } from '../report.ts'
import { type Contender, compare } from '../rounds.ts'
import { asOwner } from '../stand.ts'
import type { Done } from './clients.ts'
import { PROGRAMME, type ShopSize } from './fill.ts'
import type { ShopSetting } from './shop.ts'
import { ShopStage, shopDatabase } from './stage.ts'

const CLIENTS = 64
/** Until every buyer's key is read and the code is compiled. */
const WARM_SECONDS = 10
/** Offers that the orders of a spread run are for. */
const SPREAD = 1000

/** Complete checkouts over HTTP against the same rows by the bare SQL, each in a database of its own. */
export async function checkoutRows({ stand, seconds, size }: ShopSetting): Promise<Row[]> {
  const pgbench = await findPgbench()
  const bare = await shopDatabase(stand, 'bench_shop_bare', size)
  const stage = await ShopStage.open(stand, 'bench_shop', size)
  try {
    await stage.run({
      kind: 'checkout',
      clients: CLIENTS,
      seconds: WARM_SECONDS,
      offers: SPREAD,
      buyers: size.buyers,
    })
    const entry = await anEntry(stage)
    const rows: Row[] = []
    for (const [where, offers, aim] of [
      ['spread over 1,000 offers', SPREAD, '≥ 1.0'],
      ['all on one offer', 1, '≥ 3.0'],
    ] as const) {
      const done: Done[] = []
      const ours: Contender = {
        name: where,
        run: async span => {
          const one = await stage.run({
            kind: 'checkout',
            clients: CLIENTS,
            seconds: span,
            offers,
            buyers: size.buyers,
          })
          done.push(one)
          return one
        },
      }
      const baseline: Contender = {
        name: 'baseline',
        run: async span => {
          const variables = { offers: String(offers), buyers: String(size.buyers), entry }
          const scripts = ['checkout.sql']
          const run = await runPgbench({
            program: pgbench,
            url: bare.owner,
            scripts,
            seconds: span,
            variables,
          })
          return { operations: run.transactions, perSecond: run.perSecond }
        },
      }
      const { figures } = await compare(stand.postmaster, seconds, [baseline, ours], () => stage.cpu())
      const [base, our] = figures
      rows.push({ ...against(base!, our!, `checkout over HTTP, ${where}`, aim), note: noteOf(done) })
    }
    await countRows(stage, size)
    return rows
  } finally {
    await stage.close()
  }
}

/** Median of p50 and p99, and what was no success. */
function noteOf(done: readonly Done[]): string {
  const middle = (of: (one: Done) => number) =>
    [...done].map(of).sort((a, b) => a - b)[Math.floor(done.length / 2)]!
  const others = done.flatMap(one => Object.entries(one.others)).map(([code, n]) => `${code} ${n}`)
  const waits = `p50 ${middle(one => one.p50).toFixed(1)} ms, p99 ${middle(one => one.p99).toFixed(1)} ms`
  return [waits, ...others].join('; ')
}

/** The bytes of a fact as ours are, for the baseline to write. */
async function anEntry(stage: ShopStage): Promise<string> {
  const [row] = await asOwner(stage.connections, query =>
    query(`select entry from fact where programme_id = $1 and type = 'order.placed' limit 1`, [PROGRAMME]),
  )
  return `\\x${(row!.entry as Buffer).toString('hex')}`
}

/** Everything that an order is stands once for each order, and no account has promised what it has not. */
async function countRows(stage: ShopStage, size: ShopSize): Promise<void> {
  const [row] = await asOwner(stage.connections, query =>
    query(
      `select (select count(*) from "order" where programme_id = $1)::int as orders,
         (select count(*) from order_line where programme_id = $1)::int as lines,
         (select count(*) from tender where programme_id = $1)::int as tenders,
         (select count(*) from ledger_entry where programme_id = $1 and kind = 'order.placed')::int as entries,
         (select count(*) from ledger_hold where programme_id = $1)::int as holds,
         (select count(*) from fact where programme_id = $1 and type = 'order.placed')::int as facts,
         (select count(*) from idempotency where programme_id = $1)::int as answers,
         (select count(*) from ledger_account where programme_id = $1 and kind = 'ceiling' and balance < held)::int as over,
         (select sum(held) from ledger_account where programme_id = $1 and account like 'stock/%')::bigint as held,
         (select sum(quantity) from order_line where programme_id = $1)::bigint as asked`,
      [PROGRAMME],
    ),
  )
  const { orders, lines, tenders, entries, holds, facts, answers, over, held, asked } = row as Record<
    string,
    number
  >
  const once = [lines, tenders, entries, facts, answers].every(count => count === orders)
  if (!once || holds !== 2 * orders! || over !== 0 || String(held) !== String(asked))
    throw new Error(`rows do not agree, of ${size.offers} offers: ${JSON.stringify(row)}`)
  console.error(
    `  rows counted: ${orders} orders, each with its line, tender, entry, two holds, fact and answer; nothing oversold`,
  )
}
