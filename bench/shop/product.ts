import { peakOf } from '../evidence/peak.ts'
import { findPgbench, runPgbench } from '../pgbench.ts'
import { against, type Row } from '../report.ts'
import { type Contender, compare, median } from '../rounds.ts'
import type { Done } from './clients.ts'
import { idOf } from './fill.ts'
import type { ShopSetting } from './shop.ts'
import { ShopStage } from './stage.ts'

const CLIENTS = 16
const PATHS = 20_000

/** Product pages over HTTP against the same rows in one statement, and what the server takes to be there. */
export async function productRows({ stand, seconds, size }: ShopSetting): Promise<Row[]> {
  const program = await findPgbench()
  const stage = await ShopStage.open(stand, 'bench_shop_product', size)
  try {
    const done: Done[] = []
    const draw = () => idOf('b', 1 + Math.floor(Math.random() * size.offers))
    const paths = Array.from({ length: PATHS }, () => `/offers/${draw()}`)
    const ours: Contender = {
      name: 'product page',
      run: async span => {
        const one = await stage.run({ kind: 'pages', clients: CLIENTS, seconds: span, paths })
        done.push(one)
        return one
      },
    }
    const url = stage.connections.owner
    const variables = { offers: String(size.offers) }
    const baseline: Contender = {
      name: 'baseline',
      run: async span => {
        const run = await runPgbench({
          program,
          url,
          scripts: ['shop-product.sql'],
          seconds: span,
          variables,
        })
        return { operations: run.transactions, perSecond: run.perSecond }
      },
    }
    const { figures } = await compare(stand.postmaster, seconds, [baseline, ours], () => stage.cpu())
    const waits = (['p50', 'p99'] as const).map(
      part => `${part} ${median(done.map(one => one[part])).toFixed(1)} ms`,
    )
    const failed = done.flatMap(one => Object.entries(one.others)).map(([code, n]) => `${code} ${n}`)
    return [
      {
        ...against(figures[0]!, figures[1]!, 'product page, over HTTP', '≥ 0.5, p99 ≤ 50 ms'),
        note: [...waits, ...failed].join('; '),
      },
      {
        what: 'server',
        note: `up in ${(stage.startedMs / 1000).toFixed(1)} s, ${await peakOf(stage.serverPid)} MiB at most`,
      },
    ]
  } finally {
    await stage.close()
  }
}
