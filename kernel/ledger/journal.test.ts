import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../ids/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { openAccounts } from './accounts.ts'
import { accountNamed, commodityOf, journal, journalAmount, journalName } from './journal.ts'
import { entry, move, Stage } from './stage.ts'

let db: TestDatabase
let s: Stage
const [first, second, third] = [newId(), newId(), newId()]
const subject = newId()
beforeAll(async () => {
  db = await testDatabase()
  s = new Stage(db.app, 'book', new Date('2026-03-09T02:00:00Z'))
  await s.write(tx =>
    openAccounts(tx, [
      { account: 'world/bank', unit: 'fen', kind: 'free' },
      { account: 'escrow/order/1', unit: 'fen', kind: 'ceiling' },
      { account: 'world/vouchers', unit: 'voucher:7', kind: 'free' },
      { account: 'purse/1', unit: 'voucher:7', kind: 'ceiling' },
    ]),
  )
  // half past eleven at night in Shanghai, and half past midnight of the next day
  const late = new Date('2026-03-01T15:30:00Z')
  const next = new Date('2026-03-01T16:30:00Z')
  await s.post(
    move('world/bank', 'escrow/order/1', 123_456, { id: first, at: late, kind: 'order.paid', subject }),
  )
  await s.post(
    entry(
      [
        { account: 'escrow/order/1', amount: -5 },
        { account: 'world/bank', amount: 5 },
        { account: 'world/vouchers', amount: -2 },
        { account: 'purse/1', amount: 2 },
      ],
      { id: second, at: next, kind: 'order.settled', observed: true },
    ),
  )
  await s.post(
    move('world/bank', 'escrow/order/1', 5, {
      id: third,
      at: new Date('2026-03-05T00:00:00Z'),
      reverses: second,
    }),
  )
  await s.post(entry([], { holds: [{ id: newId(), account: 'escrow/order/1', amount: 100 }] }))
})
afterAll(() => db.close())

const told = async (period?: Parameters<typeof journal>[1]) => {
  const text = (await s.read(tx => Array.fromAsync(journal(tx, period)))).join('')
  return text.slice(text.indexOf('\n\n') + 2)
}

it('tells every entry that moved something, and asserts what the ledger keeps', async () => {
  expect(await told()).toBe(`tag subject
tag fact
tag reverses
tag observed
tag undertaking
commodity CNY
    format 1000.00 CNY
commodity "voucher:7"
account escrow:order:1
account purse:1
account world:bank
account world:vouchers

2026-03-01 (${first}) order.paid
    ; subject: ${subject}
    world:bank  -1234.56 CNY
    escrow:order:1  1234.56 CNY

2026-03-02 (${second}) order.settled
    ; observed: yes
    escrow:order:1  -0.05 CNY
    world:bank  0.05 CNY
    world:vouchers  -2 "voucher:7"
    purse:1  2 "voucher:7"

2026-03-05 (${third}) test
    ; reverses: ${second}
    world:bank  -0.05 CNY
    escrow:order:1  0.05 CNY

2026-03-09 (closing) balances as the ledger keeps them
    escrow:order:1  0.00 CNY = 1234.56 CNY
    purse:1  0 "voucher:7" = 2 "voucher:7"
    world:bank  0.00 CNY = -1234.56 CNY
    world:vouchers  0 "voucher:7" = -2 "voucher:7"

`)
})

it('of a period begins with what was there and ends with what was there then', async () => {
  const text = await told({ from: '2026-03-02', to: '2026-03-04' })
  expect(text.slice(text.indexOf('2026-'))).toBe(`2026-03-02 (opening) opening balances
    escrow:order:1  1234.56 CNY
    world:bank  -1234.56 CNY

2026-03-02 (${second}) order.settled
    ; observed: yes
    escrow:order:1  -0.05 CNY
    world:bank  0.05 CNY
    world:vouchers  -2 "voucher:7"
    purse:1  2 "voucher:7"

2026-03-04 (closing) balances as the ledger keeps them
    escrow:order:1  0.00 CNY = 1234.51 CNY
    purse:1  0 "voucher:7" = 2 "voucher:7"
    world:bank  0.00 CNY = -1234.51 CNY
    world:vouchers  0 "voucher:7" = -2 "voucher:7"

`)
})

it('writes amounts exactly and names that both programs take', () => {
  const amounts = [0, 7, -7, 100, -12_345, Number.MAX_SAFE_INTEGER].map(fen => journalAmount(fen, 'fen'))
  expect(amounts).toEqual([
    '0.00 CNY',
    '0.07 CNY',
    '-0.07 CNY',
    '1.00 CNY',
    '-123.45 CNY',
    '90071992547409.91 CNY',
  ])
  expect(['fen', 'g', 'piece', 'voucher:7'].map(commodityOf)).toEqual(['CNY', 'g', 'piece', '"voucher:7"'])
  for (const account of ['world/bank', 'transit/order/1/voucher:7'])
    expect(accountNamed(journalName(account))).toBe(account)
})
