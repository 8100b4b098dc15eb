import { changeOffer } from '@silian/chains/supply/catalogue/service.ts'
import { rebuildOffers } from '@silian/chains/supply/search/rebuild.ts'
import { everythingOf } from '@silian/kernel/access/permit.ts'
import { must } from '@silian/kernel/result/result.ts'
import { soundOf } from '@silian/kernel/text/words.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { findPgbench, runPgbench } from '../pgbench.ts'
import { against, type Row } from '../report.ts'
import { type Contender, compare } from '../rounds.ts'
import { asOwner } from '../stand.ts'
import type { Done } from './clients.ts'
import { idOf, PROGRAMME } from './fill.ts'
import { PlainClient } from './http-client.ts'
import type { ShopSetting } from './shop.ts'
import { ShopStage } from './stage.ts'

const CLIENTS = 16
const AIM = '≥ 0.5, p99 ≤ 50 ms'
const scope = { programme: PROGRAMME, actor: 'bench' }

interface Goods {
  readonly path: string
  readonly name: string
  readonly token: number
}

/** Lists and searches over HTTP against the same pages by bare SQL; how soon an edit is found, and making all anew. */
export async function searchRows(setting: ShopSetting): Promise<Row[]> {
  const stage = await ShopStage.open(setting.stand, 'bench_shop_search', setting.size)
  const kit = composeKit(stage.connections, setting.stand.secrets)
  try {
    const rebuild = await rebuildRow(kit)
    const goods = await goodsOf(stage)
    await asOwner(stage.connections, query => query('vacuum analyze offer_found, offer_word'))
    const rows: Row[] = []
    for (const { what, script, paths } of asked(goods))
      rows.push(await pagesRow(setting, stage, { what, script, paths, goods }))
    return [...rows, await lagRow(kit, stage), rebuild]
  } finally {
    await Promise.all([kit.app.close(), kit.batch.close()])
    await stage.close()
  }
}

async function rebuildRow({ batch }: Whole): Promise<Row> {
  const begun = performance.now()
  const offers = await rebuildOffers(batch, scope)
  const seconds = (performance.now() - begun) / 1000
  return {
    what: 'index made anew beside and swapped',
    perSecond: offers / seconds,
    note: `${offers} offers in ${seconds.toFixed(0)} s`,
  }
}

/** Classes of which there are goods. */
const goodsOf = async ({ connections }: ShopStage): Promise<Goods[]> =>
  (await asOwner(connections, query =>
    query(
      `select distinct c.path, c.name_zh as name, w.token from produce_class c
       join offer_word w on w.programme_id = $1 and w.key = 'c:' || c.path and w.offers > 0
       join offer_generation g on g.programme_id = $1 and g.generation = w.generation and g.state = 'current'
       where c.level = 3 order by c.path`,
      [PROGRAMME],
    ),
  )) as unknown as Goods[]

interface Asked {
  readonly what: string
  readonly script: string
  readonly paths: readonly string[]
}

const search = (q: string, more = ''): string => `/shop/offers?q=${encodeURIComponent(q)}${more}`

function asked(goods: readonly Goods[]): Asked[] {
  const sorts = ['relevance', 'price', 'benefit', 'newest']
  const words = goods.flatMap(({ name }, i) => {
    const { spoken, initials } = soundOf(name)
    const swapped = spoken.slice(0, 2) + spoken[3] + spoken[2] + spoken.slice(4)
    return [
      [name, name, `百色 ${name}`, spoken][i % 4]!,
      name,
      i % 10 === 0 ? swapped : name,
      ...(i % 5 === 0 && initials ? [initials] : []),
    ]
  })
  return [
    {
      what: 'list of a class, a county or all',
      script: 'shop-list.sql',
      paths: [
        ...sorts.map(sort => `/shop/offers?sort=${sort}`),
        ...goods.map(({ path }, i) => `/shop/offers?class=${path}&sort=${sorts[i % 4]}`),
        ...['451003', '451028'].map(county => `/shop/offers?county=${county}`),
      ],
    },
    { what: 'search, 500 words', script: 'shop-search.sql', paths: words.map(word => search(word)) },
    {
      what: 'search, no two alike',
      script: 'shop-search.sql',
      paths: Array.from({ length: 20_000 }, (_, i) =>
        search(words[i % words.length]!, `&priceTo=${10_000_000 + i}`),
      ),
    },
    {
      what: 'suggestions',
      script: 'shop-list.sql',
      paths: goods.map(
        ({ name }, i) =>
          `/shop/suggest?q=${encodeURIComponent(i % 2 ? name[0]! : soundOf(name).spoken.slice(0, 3))}`,
      ),
    },
  ]
}

async function pagesRow(
  { stand, seconds }: ShopSetting,
  stage: ShopStage,
  { what, script, paths, goods }: Asked & { readonly goods: readonly Goods[] },
): Promise<Row> {
  const program = await findPgbench()
  const [current] = await asOwner(stage.connections, query =>
    query(`select generation from offer_generation where programme_id = $1 and state = 'current'`, [
      PROGRAMME,
    ]),
  )
  const variables = {
    ...{ generation: String(current!.generation), count: String(goods.length) },
    tokens: `{${goods.map(({ token }) => token).join(',')}}`,
  }
  const done: Done[] = []
  const ours: Contender = {
    name: what,
    run: async span => {
      const one = await stage.run({ kind: 'pages', clients: CLIENTS, seconds: span, paths })
      done.push(one)
      return one
    },
  }
  const baseline: Contender = {
    name: 'baseline',
    run: async span => {
      const run = await runPgbench({
        program,
        url: stage.connections.owner,
        scripts: [script],
        seconds: span,
        variables,
      })
      return { operations: run.transactions, perSecond: run.perSecond }
    },
  }
  const { figures } = await compare(stand.postmaster, seconds, [baseline, ours], () => stage.cpu())
  const middle = (of: (one: Done) => number) =>
    done.map(of).toSorted((a, b) => a - b)[Math.floor(done.length / 2)]!
  const failed = done.flatMap(one => Object.entries(one.others)).map(([code, n]) => `; ${code} ${n}`)
  const note = `p50 ${middle(one => one.p50).toFixed(1)} ms, p99 ${middle(one => one.p99).toFixed(1)} ms${failed.join('')}`
  return { ...against(figures[0]!, figures[1]!, `${what}, over HTTP`, AIM), note }
}

const EDITS = 10

/** From the answer to an edit until the page of its name shows it. */
async function lagRow(kit: Whole, stage: ShopStage): Promise<Row> {
  const client = new PlainClient(stage.url)
  const lags: number[] = []
  for (let n = 1; n <= EDITS; n++) {
    const [offer] = await asOwner(stage.connections, query =>
      query('select version from offer where programme_id = $1 and id = $2', [PROGRAMME, idOf('b', n)]),
    )
    const priceFen = 30_000_000 + n
    must(
      await kit.app.write(scope, tx =>
        changeOffer(tx, kit, everythingOf(PROGRAMME), idOf('b', n), {
          version: Number(offer!.version),
          priceFen,
        }),
      ),
    )
    const begun = performance.now()
    for (let found = false; !found; ) {
      const { body } = await client.get(
        `/api/v1/p/${PROGRAMME}/shop/offers?priceFrom=${priceFen}&priceTo=${priceFen}&limit=1`,
      )
      found = (JSON.parse(body) as { items: unknown[] }).items.length > 0
    }
    lags.push(performance.now() - begun)
  }
  client.close()
  const most = Math.max(...lags) / 1000
  return {
    what: 'an edit is found',
    aim: '≤ 2 s',
    note: `of ${EDITS}: median ${(lags.toSorted((a, b) => a - b)[EDITS / 2]! / 1000).toFixed(2)} s, most ${most.toFixed(2)} s`,
  }
}
