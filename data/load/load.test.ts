import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkProgramme } from '@silian/chains/assurance/check/check.ts'
import { askedWords } from '@silian/chains/supply/search/asked-reads.ts'
import { Auth } from '@silian/kernel/access/auth.ts'
import { everythingOf } from '@silian/kernel/access/permit.ts'
import { balanceOf } from '@silian/kernel/ledger/balance.ts'
import { checkLedger } from '@silian/kernel/ledger/check.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { monthOf } from '@silian/kernel/time/shanghai.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { candidates } from '../world/candidates.ts'
import { figures } from '../world/cited.ts'
import { oracles } from '../world/oracles.ts'
import { organisationOf } from '../world/organisations.ts'
import { demoAccounts, signingIn } from '../world/people.ts'
import { products as allProducts } from '../world/products.ts'
import { searches } from '../world/shoppers.ts'
import { type DemoAccount, type LoadOptions, loadDemonstration } from './load.ts'
import { accountId } from './people.ts'

const scale = { households: 60, baskets: 40 }
const now = new Date('2026-11-20T03:00:00Z')

/** A database of its own with a data folder, into which the same demonstration is loaded. */
interface Place {
  readonly db: TestDatabase
  readonly kit: Whole
  readonly folder: string
  load(more?: Partial<LoadOptions>): Promise<readonly DemoAccount[]>
  close(): Promise<void>
}

async function place(): Promise<Place> {
  const db = await testDatabase()
  const kit = composeKit(db.connections, db.secrets)
  const folder = await mkdtemp(join(tmpdir(), 'silian-load-'))
  return {
    ...{ db, kit, folder },
    load: more => loadDemonstration({ kit, dataFolder: folder, scale, now, ...more }),
    close: async () => {
      await Promise.all([kit.app.close(), kit.batch.close()])
      await db.close()
      await rm(folder, { recursive: true })
    },
  }
}

class Killed extends Error {}

/** Loads until so many things have been told of, then dies. */
async function loadUntil(where: Place, told: number): Promise<void> {
  let left = told
  const onProgress = () => {
    left -= 1
    if (left === 0) throw new Killed()
  }
  await expect(where.load({ onProgress })).rejects.toThrow(Killed)
}

/** All that must be the same in every load: ids, amounts and times, but no keys, salts or hashes. */
const same = {
  ledger: `select programme_id, account, unit, kind, ${balanceOf('a')} as balance, held, opened_at from ledger_account a order by 1, 2`,
  orders: `select id, number, state, total_fen, placed_by, placed_at, shipped_at, accepted_at, paid_at, evaluated_at,
    completed_at from "order" order by id`,
  lots: 'select l.*, o.version from lot l join offer o on o.lot_id = l.id order by l.id',
  parts: 'select order_id, household_id, link_id, fen, payout_id from settlement_part order by 1, 3',
  items: `select batch_id, household_id, amount_fen, paid_at, confirmed_at, confirmed_by from payout_item
    order by 1, 2`,
  cells: 'select * from metric_cell order by programme_id, metric, period, dims',
  closed: 'select metric, period, total, count from metric_close order by 1, 2',
  facts: `select programme_id, type, subject, at from fact where type not like 'key.%' order by 1, 2, 3, 4`,
} as const

async function contents({ db }: Place): Promise<Record<string, object[]>> {
  const entries = Object.entries(same).map(async ([name, sql]) => [name, await db.owner(sql)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

let whole: Place
let accounts: readonly DemoAccount[]
let told = 0
beforeAll(async () => {
  whole = await place()
  accounts = await whole.load({ onProgress: () => (told += 1) })
}, 300_000)
afterAll(() => whole.close())

describe('a loaded demonstration', () => {
  it('has the orders of the plan in every outcome, and some of the last days in every state', async () => {
    const rows = await whole.db.owner<{ past: boolean; state: string; count: string }>(
      `select placed_at < '2026-01-01' as past, state, count(*)::text as count from "order" group by 1, 2 order by 1, 2`,
    )
    const states = (past: boolean) => rows.filter(row => row.past === past).map(row => row.state)
    expect(states(true)).toEqual(['accepted', 'cancelled', 'expired', 'shipped'])
    expect(states(false)).toEqual(['accepted', 'approved', 'in_approval', 'shipped'])
  })

  it('has what citizens bought lately, with claims, complaints and visits at every turn', async () => {
    const states = (sql: string) => whole.db.owner<{ state: string }>(`${sql} order by 1`)
    const claims = await states('select state from claim')
    expect(claims.map(({ state }) => state)).toEqual(['asked', 'disputed', 'refunded', 'returning'])
    const complaints = await states(`select state from process_case where process = 'complaint'`)
    expect(complaints.map(({ state }) => state)).toEqual(['answer', 'decide'])
    const proxies = await states(
      `select o.state from proxy_order p join "order" o on o.programme_id = p.programme_id and o.id = p.order_id`,
    )
    expect(proxies.map(({ state }) => state)).toEqual(['accepted', 'approved', 'shipped'])
  })

  it('has words that the shop was searched for, missed and found', async () => {
    const scope = { programme: 'shenzhen', actor: 'test', at: now }
    const { items } = await whole.kit.app.read(scope, tx => askedWords(tx, everythingOf('shenzhen')))
    expect(Object.fromEntries(items.map(({ query, times }) => [query, times]))).toEqual(searches)
    expect([items[0]!.found, items.at(-1)!.found > 0]).toEqual([0, true])
  })

  it('balances, and agrees with its log to the last entry', async () => {
    for (const programme of ['shenzhen', 'tongzhou', 'platform']) {
      const faults = await whole.kit.app.read({ programme, actor: 'test' }, checkLedger)
      expect(faults).toEqual({ accounts: [], entries: [] })
      expect((await checkProgramme(whole.kit, programme)).differences).toEqual([])
    }
  })

  it('publishes for each month what its completed orders add up to', async () => {
    const facts = await whole.db.owner<{ entry: Buffer }>(
      `select entry from fact where type = 'order.completed'`,
    )
    const sums = new Map<string, number>()
    for (const { entry } of facts) {
      const { at, pub } = JSON.parse(entry.toString()) as { at: string; pub: { fen: string } }
      const month = monthOf(new Date(at))
      sums.set(month, (sums.get(month) ?? 0) + Number(pub.fen))
    }
    const closed = await whole.db.owner<{ period: string; total: number }>(
      `select period, total from metric_close where metric = 'completed_purchases.v2' order by period`,
    )
    const months = ['2025-07', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12']
    expect(closed).toEqual(months.map(period => ({ period, total: sums.get(period) })))
    expect([...sums.keys()].filter(month => !months.includes(month))).toEqual(['2026-11'])
  })

  it('publishes the bulletin of the last month', async () => {
    expect(await whole.db.owner('select month, state from bulletin')).toEqual([
      { month: '2025-12', state: 'published' },
    ])
  })

  it('pays households out by the month and has nearly all of it confirmed', async () => {
    const [row] = await whole.db.owner<{ settled: string; sent: string; paid: string; open: string }>(
      `select (select sum(fen) from settlement_part where payout_id is not null) as settled,
         sum(amount_fen) as sent, sum(amount_fen) filter (where paid_at is not null) as paid,
         count(*) filter (where confirmed_at is null) as open from payout_item`,
    )
    expect(row!.sent).toBe(row!.settled)
    expect(row!.paid).toBe(row!.settled)
    const [{ items }] = (await whole.db.owner<{ items: string }>(
      'select count(*) as items from payout_item',
    )) as [{ items: string }]
    expect(Number(row!.open)).toBeGreaterThan(0)
    expect(Number(row!.open) / Number(items)).toBeLessThan(0.1)
  })

  it('has cases of every process in every kind of state, and rows in the registers', async () => {
    const rows = await whole.db.owner<{ process: string; state: string; n: number }>(
      'select process, state, count(*)::int as n from process_case group by 1, 2 order by 1, 2',
    )
    const states = (process: string) =>
      Object.fromEntries(rows.filter(row => row.process === process).map(({ state, n }) => [state, n]))
    expect(states('supplier_entry')).toEqual({
      ...{ agriculture_check: 3, revitalisation_check: 3, county_recommendation: 2, platform_review: 5 },
      ...{ returned: 1, active: 2, warned: 1, refused: 1 },
    })
    // of the county whose households are linked at this scale
    expect(states('recognition')).toEqual({
      ...{ township_check: 4, sector_check: 2, county_approval: 2, shown: 2, returned: 2 },
      ...{ listed: 1, recheck: 1, refused: 1 },
    })
    expect(states('base_recognition')).toEqual({
      ...{ documents: 2, on_site: 2, review: 1, shown: 2, returned: 2, recognised: 1, refused: 1 },
    })
    expect(states('shenzhen_mark')).toEqual({
      ...{ guided: 2, applied: 2, documents: 2, on_site: 4, sample_test: 1, decision: 1 },
      ...{ shown: 2, licensed: 1, refused: 1 },
    })
    const [counts] = await whole.db.owner(
      `select (select count(*) from base)::int as bases, (select count(*) from vending_point)::int as points,
         (select count(*) from supplier)::int as suppliers, (select count(*) from supplier_certificate)::int as certificates,
         (select count(*) from process_objection where answered_at is null)::int as objections`,
    )
    expect(counts).toEqual({ bases: 15, points: 19, suppliers: 27, certificates: 9, objections: 3 })
  })

  it('gives every desk something to do, some of it late by a few working days', async () => {
    const rows = await whole.db.owner<{ role: string; open: number; late: number }>(
      `select role, count(*)::int as open, (count(*) filter (where late))::int as late from process_task
        where closed_at is null and kind <> 'standing' group by 1 order by 1`,
    )
    expect(Object.fromEntries(rows.map(({ role, open, late }) => [role, [open, late]]))).toEqual({
      ...{ agriculture_officer: [5, 2], county_officer: [10, 3], township_officer: [3, 0] },
      ...{
        platform_reviewer: [5, 1],
        market_regulator: [11, 4],
        expert: [23, 8],
        coop_clerk: [8, 0],
        task_force: [1, 0],
      },
    })
    const [latest] = await whole.db.owner<{ due: string }>(
      `select min(due_on)::text as due from process_task where closed_at is null and late`,
    )
    expect(latest!.due >= '2026-11-09').toBe(true)
  })

  it('names the row of every product, and marks every organisation and person as invented', async () => {
    const products = await whole.db.owner<{ key: string; source: string }>('select key, source from product')
    expect(products.length).toBeGreaterThanOrEqual(120)
    const sources = new Map([...allProducts, ...candidates].map(({ key, source }) => [key, source]))
    for (const { key, source } of products) expect(source).toBe(sources.get(key))
    const organisations = await whole.db.owner<{ key: string; name_zh: string; invented: boolean }>(
      'select key, name_zh, invented from organisation',
    )
    expect(organisations.length).toBeGreaterThanOrEqual(40)
    for (const { key, name_zh, invented } of organisations)
      expect([name_zh, invented]).toEqual([organisationOf(key).name, true])
    expect(organisations.filter(({ name_zh }) => !name_zh.includes('示范'))).toEqual([])
    expect(accounts.filter(({ name }) => !name.endsWith('（演示）'))).toEqual([])
  })

  it('shows the articles’ figures with their rows, in no figure of ours, and their ratios as computed', async () => {
    const cited = await whole.db.owner<{ key: string; row_id: string; value: string }>(
      'select key, row_id, value from cited_figure',
    )
    expect(new Map(cited.map(({ key, row_id, value }) => [key, [row_id, value]]))).toEqual(
      new Map(figures.map(({ key, row, value }) => [key, [row, value]])),
    )
    const metrics = await whole.db.owner<{ types: string[] }>(
      `select distinct type from log_entry e join metric_fact m on m.programme_id = e.programme_id
         and e.log_index = any(m.indexes) where e.type like 'figure.%'`,
    )
    expect(metrics).toEqual([])
    const ratios = await whole.db.owner<{ key: string; value: string; printed: string }>(
      'select key, value, printed from cited_ratio',
    )
    expect(ratios).toHaveLength(oracles.length)
    expect(ratios.filter(({ value, printed }) => value !== printed)).toEqual([])
  })

  it('can be ordered from today, in both programmes', async () => {
    const rows = await whole.db.owner(
      `select d.programme_id, d.year, count(*)::int as units from declaration d
       where d.state = 'confirmed' group by 1, 2 order by 1, 2`,
    )
    expect(rows).toEqual([
      { programme_id: 'shenzhen', year: 2025, units: 13 },
      { programme_id: 'shenzhen', year: 2026, units: 13 },
      { programme_id: 'tongzhou', year: 2025, units: 1 },
      { programme_id: 'tongzhou', year: 2026, units: 1 },
    ])
    const empty = await whole.db.owner(
      `select o.id from offer o join ledger_account a on a.programme_id = o.programme_id
         and a.account = 'stock/lot/' || o.lot_id
       where o.state = 'listed' and a.balance - a.held < 100 * o.per_piece`,
    )
    expect(empty).toEqual([])
  })

  it('says demo in the origin of every log', async () => {
    const origins = await whole.db.owner<{ programme_id: string; origin: string }>(
      'select programme_id, origin from log order by 1',
    )
    expect(origins.map(({ origin }) => origin)).toEqual([
      'silian.example/demo/platform',
      'silian.example/demo/shenzhen',
      'silian.example/demo/tongzhou',
    ])
  })

  it('lets everybody sign in with a password of their own, kept where only we read', async () => {
    expect(accounts.map(({ username }) => username)).toEqual(signingIn.map(({ username }) => username))
    // all sellers have the same
    expect(new Set(accounts.map(({ password }) => password)).size).toBe(demoAccounts.length + 1)
    const file = join(whole.folder, 'demo-accounts.json')
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(accounts)
    for (const name of [file, join(whole.folder, 'bank/key.json'), join(whole.folder, 'bank/client.json')])
      expect((await stat(name)).mode & 0o777).toBe(0o600)
    await expectPassword(accounts[0]!)
  })
})

async function expectPassword({ username, password }: DemoAccount): Promise<void> {
  const { db, kit } = whole
  const means = { database: kit.app, vault: kit.vault, secrets: db.secrets }
  const auth = new Auth({ ...means, publicUrl: 'http://127.0.0.1' })
  const signedIn = await auth.signIn({ username, password, address: '127.0.0.1', requestId: 'test' })
  expect(signedIn).toMatchObject({ ok: true, value: { accountId: accountId(username) } })
}

describe('loading again', () => {
  it('only reads, and returns the same accounts', async () => {
    const before = await contents(whole)
    let heard = 0
    expect(await whole.load({ onProgress: () => (heard += 1) })).toEqual(accounts)
    expect(heard).toBe(0)
    expect(await contents(whole)).toEqual(before)
  })

  it('makes the bank a new key to the API when the file was lost, and revokes the old one', async () => {
    const file = join(whole.folder, 'bank/client.json')
    const before = JSON.parse(await readFile(file, 'utf8')) as { id: string; secret: string }
    await rm(file)
    await whole.load()
    const after = JSON.parse(await readFile(file, 'utf8')) as { id: string; secret: string }
    expect(after.secret).not.toBe(before.secret)
    const clients = await whole.db.owner('select id, role, scopes from api_client where revoked_at is null')
    expect(clients).toEqual([{ id: after.id, role: 'bank_officer', scopes: ['payout.read'] }])
  })

  it('gives all accounts the password that is asked for', async () => {
    const changed = await whole.load({ password: 'one for everybody' })
    expect(new Set(changed.map(({ password }) => password))).toEqual(new Set(['one for everybody']))
    await expectPassword(changed[3]!)
    expect(await whole.load()).toEqual(changed)
  })
})

it('comes to the same when it is killed again and again', { timeout: 600_000 }, async () => {
  const other = await place()
  try {
    for (const part of [0.01, 0.03, 0.05, 0.1, 0.2, 0.2, 0.1]) await loadUntil(other, Math.ceil(told * part))
    await other.load()
    const [mine, theirs] = [await contents(whole), await contents(other)]
    for (const name of Object.keys(same)) expect(theirs[name], name).toEqual(mine[name])
    expect((await checkProgramme(other.kit, 'shenzhen')).differences).toEqual([])
  } finally {
    await other.close()
  }
})
