import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { writePdf } from '@silian/kernel/documents/pdf.ts'
import { balanceOf } from '@silian/kernel/ledger/balance.ts'
import { commodityOf, journal, journalName } from '@silian/kernel/ledger/journal.ts'
import { must } from '@silian/kernel/result/result.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import type { Account, AccountStatement } from '@silian/server/ledger/contract.ts'
import { documentOf } from '@silian/server/ledger/document.ts'
import { listAccounts, readStatement } from '@silian/server/ledger/reads.ts'
import { sheetsOf } from '@silian/server/ledger/sheet.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { busyWorld } from './check/busy-world.ts'
import { run, theirs } from './plain-text.ts'
import { everything } from './refusals/side.ts'
import { type SmallWorld, smallWorld } from './small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
const at = new Date('2025-12-01T02:00:00Z')
const read = <T>(work: (tx: Reader) => Promise<T>) =>
  kit.app.read({ programme: 'shenzhen', actor: 'reader', at }, work)

beforeAll(async () => {
  db = await testDatabase()
  kit = composeKit(db.connections, db.secrets)
  world = await smallWorld(kit)
  await busyWorld(db, kit, world)
}, 300_000)
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
})

const all = everything('shenzhen')
const none: Reach = { ...all, everything: false }
const coop = (): Reach => ({ ...none, organisationIds: [world.id('coop')] })
const village = async (): Promise<Reach> => {
  const [row] = await db.owner<{ area_path: string }>('select area_path from household where id = $1', [
    world.id('h1'),
  ])
  return { ...none, areaPaths: [row!.area_path] }
}

/** Page after page, few rows each, so that pages begin in the middle of a kind and between two. */
async function listed(reach: Reach, group?: string, used?: 'true'): Promise<Account[]> {
  const found: Account[] = []
  for (let after: string | undefined, first = true; first || after; first = false) {
    const page = await read(tx => listAccounts(tx, reach, { after, group, used, limit: 3 }))
    found.push(...page.items)
    after = page.next ?? undefined
  }
  return found
}

it('lists every account of the programme with its balance, by groups too', async () => {
  const rows = await db.owner<{ account: string; balance: number; held: number; unit: string }>(
    `select account, ${balanceOf('a')} as balance, held, unit from ledger_account a where programme_id = 'shenzhen' order by account`,
  )
  const found = await listed(all)
  expect(found.map(({ name, balance, held, unit }) => [name, balance, held, unit])).toEqual(
    rows.map(row => [journalName(row.account), row.balance, row.held, row.unit]),
  )
  expect((await listed(all, 'stock')).map(({ place, of }) => [place, of])).toEqual(
    found.filter(({ name }) => name.startsWith('stock:')).map(({ place, of }) => [place, of]),
  )
  const used = found.filter(({ balance, held }) => balance !== 0 || held !== 0)
  expect(used.length).toBeLessThan(found.length)
  expect(await listed(all, undefined, 'true')).toEqual(used)
  expect(found.find(({ name }) => name === 'world:bank')).toMatchObject({ place: 'world/bank', of: null })
})

it("shows a co-operative its own, a village its households', and nobody else's", async () => {
  const own = await db.owner<{ account: string }>(
    `select a.account from ledger_account a where exists (select 1 from "order" o where o.seller_id = $1
         and (a.account = 'escrow/order/' || o.id or a.account like 'transit/order/' || o.id || '/%'))
       or exists (select 1 from lot l where l.cooperative_id = $1 and a.account = 'stock/lot/' || l.id)
       or a.account = 'payable/organisation/' || $1 order by 1`,
    [world.id('coop')],
  )
  const found = await listed(coop())
  expect(found.map(({ name }) => name).sort()).toEqual(own.map(({ account }) => journalName(account)).sort())
  expect(found.length).toBeGreaterThan(20)
  expect(found.every(({ of }) => of !== null)).toBe(true)
  const villages = await listed(await village())
  const households = await db.owner<{ id: string }>(
    `select h.id from household h where exists (select 1 from ledger_account a
       where a.account = 'payable/household/' || h.id) and h.area_path =
       (select area_path from household where id = $1) order by 1`,
    [world.id('h1')],
  )
  expect(await listed(coop(), undefined, 'true')).toEqual(
    found.filter(({ balance, held }) => balance !== 0 || held !== 0),
  )
  expect(villages.map(({ name }) => name)).toEqual(households.map(({ id }) => `payable:household:${id}`))
  const name = `payable:household:${world.id('h1')}`
  const asked = { from: '2025-10-01', to: '2025-12-31', limit: 200 }
  expect(await read(tx => readStatement(tx, coop(), name, asked))).toMatchObject({
    code: 'ledger_account.not_found',
  })
  const mine = await village()
  expect(await read(tx => readStatement(tx, mine, name, asked))).toMatchObject({ ok: true })
  for (const other of ['world:bank', `payable:household:${world.id('h3')}`, 'payable:household:nobody'])
    expect(await read(tx => readStatement(tx, mine, other, asked))).toMatchObject({
      code: 'ledger_account.not_found',
    })
})

const year = { from: '2025-01-01', to: '2025-12-31' }
const statementOf = (name: string, limit = 200): Promise<AccountStatement> =>
  read(tx => readStatement(tx, all, name, { ...year, limit })).then(must)

it('of a period begins and ends with what was there, adds up, and names the orders', async () => {
  const lot = `stock:lot:${world.id('lot1')}`
  const found = await statementOf(lot)
  const [row] = await db.owner<{ balance: number; held: number }>(
    'select balance, held from ledger_account where account = $1',
    [`stock/lot/${world.id('lot1')}`],
  )
  expect(found.closing).toBe(row!.balance)
  expect(found.opening + found.received - found.given).toBe(found.closing)
  expect(found.items.reduce((sum, line) => sum + line.amount, found.opening)).toBe(found.closing)
  expect(found.items.at(-1)!.balance).toBe(found.closing)
  expect(found.holds.reduce((sum, hold) => sum + hold.remaining, 0)).toBe(row!.held)
  const shipped = found.items.filter(({ kind }) => kind === 'order.shipped')
  const numbers = await db.owner<{ number: string }>('select number from "order"')
  expect(shipped.length).toBeGreaterThan(3)
  expect(shipped.every(({ about }) => numbers.some(({ number }) => number === about))).toBe(true)
})

it('as a workbook holds the same lines in kilograms, with what is held', async () => {
  const name = `stock:lot:${world.id('lot1')}`
  const found = await statementOf(name)
  const sheets = await read(async tx => {
    const [lines, holds] = sheetsOf(tx, found, 'zh')
    return [await Array.fromAsync(lines!.rows), await Array.fromAsync(holds!.rows)] as const
  })
  const cells = sheets.map(rows => rows.map(({ cells: row }) => row.map(({ value }) => value)))
  const [[mark, heading, opening, ...lines], [, , ...holds]] = cells as [never[][], never[][]]
  expect(String(mark![0])).toBe(`对账单 批次库存 ${found.account.of} 2025-01-01 2025-12-31`)
  expect(heading).toEqual(['时间', '事项', '编号', '转入 (千克)', '转出 (千克)', '余额 (千克)', '分录号'])
  expect(opening![5]).toBe(found.opening / 1000)
  expect(lines.pop()!.slice(3, 6)).toEqual([found.received, found.given, found.closing].map(g => g / 1000))
  expect(lines.map(line => [line[5], line[6]])).toEqual(
    found.items.map(({ balance, entry }) => [balance / 1000, entry]),
  )
  expect(holds.map(hold => hold[3])).toEqual(found.holds.map(({ remaining }) => remaining / 1000))
})

it('to print has the same figures, in yuan with two decimals', async () => {
  const found = await statementOf('world:bank')
  const document = documentOf(found, 'zh', at)
  const [table] = document.blocks
  if (table?.kind !== 'table') throw new Error('a table comes first')
  const yuan = (fen: number) => (fen / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')
  expect(table.rows.slice(1).map(row => row.at(-1))).toEqual(found.items.map(line => yuan(line.balance)))
  expect(table.total).toEqual([
    ...['', '本期合计与期末余额', ''],
    ...[found.received, found.given, found.closing].map(yuan),
  ])
  expect((await writePdf(document)).subarray(0, 5).toString()).toBe('%PDF-')
})

describe('the journal', () => {
  let folder: string
  let file: string
  const told = (period?: Parameters<typeof journal>[1]) => read(tx => Array.fromAsync(journal(tx, period)))
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'silian-journal-'))
    file = join(folder, 'shenzhen.journal')
    await writeFile(file, await told())
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** Of every account, as our ledger keeps it: `name: amount commodity`, the amount in fen, grams or pieces. */
  async function ours(): Promise<string[]> {
    const rows = await db.owner<{ account: string; unit: string; balance: number }>(
      `select account, unit, ${balanceOf('a')} as balance from ledger_account a where programme_id = 'shenzhen'`,
    )
    return rows
      .filter(({ balance }) => balance !== 0)
      .map(({ account, unit, balance }) => `${journalName(account)}: ${balance} ${commodityOf(unit)}`)
      .sort()
  }

  it('is accepted by hledger, strictly, and agrees in every account and unit', async () => {
    expect(run('hledger', '-f', file, 'check', '-s', 'ordereddates')).toBe('')
    const csv = run('hledger', '-f', file, 'bal', '--flat', '--no-total', '-O', 'csv').split('\n')
    const lines = csv.map(line => line.replace(/^"([^"]+)","(.*)"$/, '$1\t$2').replaceAll('""', '"'))
    const expected = await ours()
    expect(expected.length).toBeGreaterThan(20)
    expect(theirs(lines)).toEqual(expected)
  })

  it('is accepted by ledger, pedantically, and agrees in every account and unit', async () => {
    const format = '%(account)\t%(quantity(scrub(amount))) %(commodity(scrub(amount)))\n'
    const options = ['--pedantic', 'bal', '--flat', '--no-total', '--format', format]
    expect(theirs(run('ledger', '-f', file, ...options).split('\n'))).toEqual(await ours())
  })

  it('holds every entry with its postings, each entry with the fact that told it where there is one', async () => {
    const [entries] = await db.owner<{ n: number }>(
      `select count(distinct entry_id)::int as n from ledger_posting where programme_id = 'shenzhen'`,
    )
    const text = (await told()).join('')
    expect(text.match(/^\d{4}-\d\d-\d\d \([0-9a-f-]{36}\)/gm)).toHaveLength(entries!.n)
    for (const kind of ['order.paid', 'order.shipped', 'order.settled', 'payout.sent', 'lot.harvested']) {
      const [, fact] =
        new RegExp(`\\) ${kind.replace('.', '\\.')}\n(?: +; subject: .*\n)? +; fact: (.*)\n`).exec(text) ?? []
      const told = await db.owner<{ type: string }>('select type from fact where id::text = $1', [fact])
      expect([kind, told]).toEqual([kind, [{ type: kind }]])
    }
  })

  it('is refused by both when one amount differs', async () => {
    const text = (await told()).join('')
    const wrong = join(folder, 'wrong.journal')
    await writeFile(wrong, text.replace(/= (\d+)\.\d\d CNY/, '= $1.77 CNY'))
    for (const name of ['hledger', 'ledger'])
      expect(() => run(name, '-f', wrong, 'bal')).toThrow(/assertion/i)
  })

  it('of a period is accepted, too, with what was there before', async () => {
    const days = await db.owner<{ day: string }>(
      `select distinct (at at time zone 'Asia/Shanghai')::date::text as day from ledger_entry order by 1`,
    )
    const part = join(folder, 'part.journal')
    await writeFile(part, await told({ from: days[1]!.day, to: days[2]!.day }))
    expect(run('hledger', '-f', part, 'check', '-s')).toBe('')
    expect(run('ledger', '-f', part, '--pedantic', 'bal', '--flat')).toContain('world:bank')
  })
})
