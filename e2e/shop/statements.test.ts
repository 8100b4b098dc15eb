import { rebuildOffers } from '@silian/chains/supply/search/rebuild.ts'
import { type Principal, publicPrincipal } from '@silian/kernel/access/principal.ts'
import type { Call } from '@silian/kernel/http/route.ts'
import { must } from '@silian/kernel/result/result.ts'
import { allRoutes, composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PayStage } from './pay-stage.ts'

const FEW = 10
const MANY = 1000
const PAGE = 100

let stage: PayStage
let kit: Whole
let citizen: Principal
/** Statements that the application's role has sent, without those that begin, scope and end transactions. */
const sent: string[] = []
beforeAll(async () => {
  stage = await PayStage.open()
  const id = await stage.customer()
  const roles = [{ role: 'citizen', organisationId: null, areaPath: null }] as const
  citizen = { ...publicPrincipal('shenzhen'), kind: 'customer', id, ownIds: [id], roles }
  await stage.order(id, { both: true })
  const { owner } = stage.race.db
  await owner(`create function copied_id(what text, n int) returns uuid immutable language sql
    return overlay(overlay(md5(what || n) placing '5' from 13) placing '8' from 17)::uuid`)
  kit = composeKit(stage.race.db.connections, stage.race.db.secrets)
  listen()
})
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await stage.end()
})

function listen(): void {
  kit.app.pool.on('connect', client => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    client.query = ((...given: unknown[]) => {
      const [asked] = given as [string | { text: string }]
      const text = typeof asked === 'string' ? asked : asked.text
      if (!/^(begin|commit|rollback)\b/.test(text)) sent.push(text)
      return query(...given)
    }) as typeof client.query
  })
}

/** Copies of a row, one a number, with what must differ. */
const copies = (table: string, where: string, differing: string, from: number, to: number) =>
  stage.race.db.owner(
    `insert into "${table}" select r.* from (select * from "${table}" where ${where} limit 1) t,
       generate_series($1::int, $2::int) n,
       jsonb_populate_record(null::"${table}", to_jsonb(t) || jsonb_build_object(${differing})) r`,
    [from, to],
  )

/** The first two are the world's own; each other has an offer of a product and a lot of its own, and an order of it. */
async function sellersUpTo(from: number, to: number): Promise<void> {
  const named = (name: string) => stage.race.world.id(name)
  const id = (table: string) => `copied_id('${table}', n)`
  const own = (table: string) => `'id', ${id(table)}`
  const seller = id('organisation')
  const goods = `'product_id', ${id('product')}, 'lot_id', ${id('lot')}`
  const order = `(select id from "order" where buyer_kind = 'citizen' order by number limit 1)`
  for (const [table, where, differing] of [
    ['organisation', `id = '${named('coop')}'`, `${own('organisation')}, 'key', 'copy-' || n`],
    [
      'product',
      `id = '${named('mango')}'`,
      `${own('product')}, 'key', 'copy-' || n, 'cooperative_id', ${seller}`,
    ],
    [
      'lot',
      `id = '${named('lot1')}'`,
      `${own('lot')}, 'code', 'COPY-' || n, 'product_id', ${id('product')}, 'cooperative_id', ${seller}`,
    ],
    ['ledger_account', `account = 'stock/lot/${named('lot1')}'`, `'account', 'stock/lot/' || ${id('lot')}`],
    ['offer', `id = '${named('offer1')}'`, `${own('offer')}, ${goods}, 'seller_id', ${seller}`],
    ['order', `id = ${order}`, `${own('order')}, 'number', 'COPY-' || n, 'seller_id', ${seller}`],
    ['order_line', `order_id = ${order}`, `'order_id', ${id('order')}, 'offer_id', ${id('offer')}, ${goods}`],
    ['tender', `order_id = ${order}`, `'order_id', ${id('order')}`],
  ] as const)
    await copies(table, where, differing, from - 2, to - 2)
  await rebuildOffers(stage.race.kit.batch, stage.scope())
}

interface Asked {
  readonly statements: readonly string[]
  readonly rows: number
}

/** What a request costs with nothing kept from one before. */
async function asked(path: string, principal: Principal, query: Record<string, string>): Promise<Asked> {
  const { world } = stage.race
  const route = allRoutes(kit).find(each => each.method === 'GET' && each.path === path)!
  sent.splice(0)
  const given = {
    ...{ principal, scope: stage.scope(), query: route.query?.parse(query) },
    ...{ reach: must(kit.permit(principal, route.action)), params: { offer: world.id('offer1') } },
    asked: { address: '192.0.2.7', headers: {} },
  }
  const told = must(await route.handle(given as unknown as Call<never, never, never>)) as {
    items?: readonly unknown[]
  }
  return { statements: [...sent], rows: told.items?.length ?? 1 }
}

const lists = ['/offers', '/shop/offers, a list', '/shop/offers, a search', '/my/orders'] as const
const visitor = publicPrincipal('shenzhen')
const limit = String(PAGE)
const requests = {
  '/offers': () => asked('/offers', visitor, { limit }),
  '/shop/offers, a list': () => asked('/shop/offers', visitor, { limit }),
  '/shop/offers, a search': () => asked('/shop/offers', visitor, { q: '百色', limit }),
  '/shop/suggest': () => asked('/shop/suggest', visitor, { q: '芒' }),
  '/offers/{offer}': () => asked('/offers/{offer}', visitor, {}),
  '/pavilions': () => asked('/pavilions', visitor, {}),
  '/my/orders': () => asked('/my/orders', citizen, { limit }),
}

it(`the shop takes as many statements at ${MANY} sellers as at ${FEW}`, async () => {
  const all = async () => {
    const answers: [string, Asked][] = []
    for (const [name, ask] of Object.entries(requests)) answers.push([name, await ask()])
    return Object.fromEntries(answers)
  }
  const sellers = async () =>
    (await stage.race.db.owner(`select count(distinct seller_id)::int as n from offer`))[0]
  await sellersUpTo(3, FEW)
  expect(await sellers()).toEqual({ n: FEW })
  const few = await all()
  await sellersUpTo(FEW + 1, MANY)
  expect(await sellers()).toEqual({ n: MANY })
  const many = await all()
  for (const name of Object.keys(requests))
    expect([name, many[name]!.statements]).toEqual([name, few[name]!.statements])
  for (const name of lists) expect([name, many[name]!.rows]).toEqual([name, PAGE])
  // the world's own has two offers of one seller
  expect(lists.map(name => few[name]!.rows)).toEqual([FEW + 1, FEW + 1, FEW + 1, FEW])
})
