import { Book } from './book.ts'
import { compareFacts } from './consistency.ts'
import type { Fact } from './entry.ts'
import { read } from './fold/read.ts'
import { Findings } from './report.ts'
import { compareSplits } from './split.ts'

export const at = new Date('2025-10-08T02:00:00Z')
/** For tests: the book that `tell` writes, what was found, and the index of the next fact. */
export let book: Book
export let findings: Findings
export let index: number

export function openBook(): void {
  book = new Book()
  findings = new Findings()
  index = 0
}

/** Reads one fact into the book; returns its leaf. */
export function tell(
  type: string,
  pub: Record<string, unknown>,
  { hidden = {}, refs = [] }: { hidden?: Record<string, unknown>; refs?: string[] } = {},
): string {
  const open = new Map(
    Object.entries(hidden).map(([field, value]) => [
      field,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  const fact: Fact = {
    ...{
      index,
      pending: false,
      id: `fact ${index}`,
      type,
      log: 'demo',
      at,
      actor: 'a',
      by: 'held',
      pub,
      refs,
    },
    c: Object.fromEntries([...open.keys()].map(field => [field, ''])),
    leaf: Buffer.from(`leaf ${index}`).toString('base64'),
  }
  index += 1
  read(book, findings, fact, open)
  return fact.leaf
}

export const line = { no: 1, offer: 'offer', offerVersion: 1, product: 'p', lot: 'lot', pieces: 2, unit: 'g' }
export const goods = { quantity: '10000', fen: '16000', county: '451003', recognised: true }

/** A lot of which half came from one household, sold in one order of 160 yuan. */
export function tellWorld(): void {
  tell('product.created', {
    ...{
      product: 'p',
      key: 'p',
      name: 'p',
      class: 'fruit',
      county: '451003',
      cooperative: 'coop',
      unit: 'g',
    },
  })
  tell('product.recognised', { product: 'p', from: '2025-01-01', to: '2025-12-31' })
  const link = { cooperative: 'coop', startsOn: '2025-01-01', endsOn: '2025-12-31' }
  const shares = { mechanism: 'share_dividend', poolBp: 1000, basicShares: 1, careShares: 0, fundShares: 0 }
  tell(
    'link.signed',
    { ...link, link: 'shares', mechanism: 'share_dividend' },
    { hidden: { household: 'h2', formula: shares } },
  )
  tell(
    'lot.harvested',
    {
      ...{ lot: 'lot', product: 'p', county: '451003', harvestedOn: '2025-10-01', unit: 'g' },
      ...{ quantity: '20000', own: '10000' },
    },
    {
      hidden: {
        source0: { linkId: 'buys', householdId: 'h1', quantity: 10_000, price: { fen: 200, per: 500 } },
      },
    },
  )
  tell('offer.listed', {
    ...{ offer: 'offer', version: 1, product: 'p', lot: 'lot', perPiece: '5000', fen: '8000', shipDays: 7 },
  })
  tell('quota.ruled', {
    ...{
      rule: 'rule',
      year: 2025,
      areaCode: '440300',
      base: 'canteen_food',
      ratioBp: 1500,
      productAreas: [],
    },
    ...{ channels: ['platform'], recognisedOnly: true, source: 'P10' },
  })
  tell('quota.declared', {
    ...{ declaration: 'd', unit: 'unit', year: 2025, rule: 'rule', kind: 'own' },
    ...{ baseFen: '100000', reservedFen: '15000' },
  })
  tell('quota.confirmed', { declaration: 'd' })
}

export const place = (change: Record<string, unknown> = {}) =>
  tell('order.placed', {
    ...{
      order: 'o',
      basket: 'o',
      number: 'N',
      buyer: 'unit',
      seller: 'coop',
      declaration: 'd',
      fen: '16000',
    },
    ...{
      shipBy: '2025-10-15',
      approveBy: '2025-10-23T02:00:00.000Z',
      lines: [{ ...line, ...goods }],
      ...change,
    },
  })

export const open = () =>
  tell('payment.opened', {
    ...{ payment: 'pay', code: 'P1', fen: '16000', expiresAt: '2025-11-07T02:00:00.000Z' },
    orders: [{ order: 'o', fen: '16000' }],
  })
export const credit = (fen = '16000') =>
  tell('bank.credited', { reference: 'B1', code: 'P1', fen, bookedAt: '2025-10-08T02:00:00.000Z' })

/** Everything up to the completed order; returns the leaf that completes it. */
export function tellSale(): string {
  tellWorld()
  place()
  tell('order.approved', { order: 'o' })
  tell('order.shipped', { order: 'o' })
  tell('order.accepted', { order: 'o' })
  tell('order.evaluated', { order: 'o', score: 5 })
  open()
  tell('order.paid', { order: 'o', payment: 'pay', fen: '16000' }, { refs: [credit()] })
  return tell('order.completed', {
    ...{ order: 'o', fen: '16000', countedFen: '16000', buyerKind: 'budget_unit' },
    lines: [{ ...line, ...goods }],
  })
}

// half of 10 kg at 4 yuan a kg to the source, 10 % of 160 yuan to the shares
export const parts = {
  part0: { household: 'h1', link: 'buys', fen: '2000' },
  part1: { household: 'h2', link: 'shares', fen: '1600' },
}
export const settle = (completed: string, hidden: Record<string, unknown> = parts, households = 3600) =>
  tell(
    'order.settled',
    {
      ...{ order: 'o', seller: 'coop', fen: '16000' },
      ...{ cooperativeFen: String(16_000 - households), householdsFen: String(households) },
    },
    { hidden, refs: [completed] },
  )

export const differences = () => {
  compareFacts(findings, book)
  compareSplits(findings, book)
  return findings.differences.map(({ field, expected, found }) => [field, expected, found])
}
