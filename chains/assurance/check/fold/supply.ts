import { z } from 'zod'
import type { Book, StepName } from '../book.ts'
import type { Fact } from '../entry.ts'
import { amount, instant, type Kind, kind, opened } from './kind.ts'

const source = z.object({
  linkId: z.string(),
  householdId: z.string(),
  quantity: z.number(),
  price: z.object({ fen: z.number(), per: z.number() }),
})

const line = z.object({
  no: z.number(),
  product: z.string(),
  lot: z.string(),
  pieces: z.number(),
  unit: z.string(),
  quantity: amount,
  fen: amount,
  county: z.string(),
  recognised: z.boolean(),
})

const placed = z.object({
  order: z.string(),
  basket: z.string(),
  number: z.string(),
  buyer: z.string(),
  seller: z.string(),
  declaration: z.string().default(''),
  fen: amount,
  shipBy: z.string(),
  approveBy: instant.optional(),
  payBy: instant.optional(),
  tenders: z.array(z.object({ kind: z.string(), fen: amount })).default([]),
  lines: z.array(line.extend({ offer: z.string(), offerVersion: z.number() })),
})

const step = z.object({
  order: z.string(),
  score: z.number().optional(),
  payment: z.string().optional(),
  fen: amount.optional(),
  countedFen: amount.optional(),
  buyerKind: z.string().optional(),
  channel: z.string().optional(),
  by: z.string().optional(),
  payments: z.array(z.string()).optional(),
  walletFen: amount.optional(),
  lines: z.array(line).optional(),
})

const stepKind = (name: StepName): Kind =>
  kind(step, (book, { order, ...pub }, fact, said) => book.step(order, name, { ...pub, fact, said }))

const leaving = z.array(z.object({ no: z.number(), pieces: z.number(), unit: z.string(), quantity: amount }))
/** Without its lines: all of the order left at once. */
const sent = z.object({ order: z.string(), parcel: z.string().optional(), lines: leaving.optional() })

const reduced = z.object({
  order: z.string(),
  off: z.string(),
  cause: z.enum(['short', 'return', 'quality', 'missing']),
  fen: amount,
  restock: z.enum(['yes', 'no']),
  state: z.string(),
  countedFen: amount.optional(),
  lines: z.array(
    z.object({ no: z.number(), pieces: z.number(), unit: z.string(), quantity: amount, fen: amount }),
  ),
})

const returned = z.object({
  order: z.string(),
  off: z.string(),
  buyerKind: z.string(),
  channel: z.string().optional(),
  lines: z.array(z.object({ no: z.number(), county: z.string(), fen: amount })),
})

const decision = (state: 'confirmed' | 'returned'): Kind =>
  kind(z.object({ declaration: z.string() }), (book, { declaration }, fact) =>
    book.tell(book.decisions, declaration, { state, fact }, 'decision'),
  )

const prices = z.array(z.object({ group: z.string(), from: amount, fen: amount }))

const listed = z.object({
  offer: z.string(),
  version: z.number(),
  product: z.string(),
  lot: z.string(),
  perPiece: amount,
  fen: amount,
  shipDays: z.number(),
  prices: prices.optional(),
})
const changed = z.object({
  offer: z.string(),
  version: z.number(),
  lot: z.string(),
  fen: amount,
  state: z.string(),
  shipDays: z.number().optional(),
  prices: prices.optional(),
})

function tellVersion(book: Book, fact: Fact, { offer, ...version }: z.output<typeof changed>): void {
  const versions = book.versions.get(offer) ?? new Map()
  if (versions.has(version.version)) book.doubled.set(fact.id, `offer ${offer} version ${version.version}`)
  book.versions.set(offer, versions.set(version.version, version))
}

/** Lots and 供应链: offers, the reserved share, orders. */
export const supplyKinds: Readonly<Record<string, Kind>> = {
  'lot.harvested': kind(
    z.object({
      lot: z.string(),
      product: z.string(),
      county: z.string(),
      harvestedOn: z.string(),
      unit: z.string(),
      quantity: amount,
      own: amount,
      place: z.string().optional(),
    }),
    (book, { lot, ...pub }, fact, open) =>
      book.tell(book.lots, lot, { ...pub, fact, sources: opened(open, 'source', source) }, 'lot'),
    { needsOpenings: true },
  ),
  'lot.moved': kind(
    z.object({ lot: z.string(), from: z.string().optional(), to: z.string() }),
    (book, { lot, from, to }, fact) => {
      const known = book.lots.get(lot)
      book.lotMoves.push({ fact, lot, from, lay: known?.place })
      if (known) book.lots.set(lot, { ...known, place: to, moved: fact.leaf })
    },
  ),
  'offer.listed': kind(listed, (book, { offer, version, lot, fen, prices, ...pub }, fact) => {
    book.tell(book.offers, offer, { ...pub, fact }, 'offer')
    tellVersion(book, fact, { offer, version, lot, fen, state: 'listed', shipDays: pub.shipDays, prices })
  }),
  'offer.changed': kind(changed, (book, pub, fact) => tellVersion(book, fact, pub)),
  'quota.ruled': kind(
    z.object({
      rule: z.string(),
      year: z.number(),
      areaCode: z.string(),
      base: z.string(),
      ratioBp: z.number(),
      productAreas: z.array(z.string()),
      channels: z.array(z.string()),
      recognisedOnly: z.boolean(),
      notBelowLastYear: z.boolean().optional(),
      declareBy: z.string().optional(),
      source: z.string(),
    }),
    (book, { rule, ...pub }, fact) => book.tell(book.rules, rule, { ...pub, fact }, 'rule'),
  ),
  'quota.declared': kind(
    z.object({
      declaration: z.string(),
      unit: z.string(),
      year: z.number(),
      rule: z.string(),
      kind: z.string(),
      baseFen: amount,
      reservedFen: amount,
    }),
    (book, { declaration, ...pub }, fact) =>
      book.tell(book.declarations, declaration, { ...pub, fact }, 'declaration'),
  ),
  'quota.confirmed': decision('confirmed'),
  'quota.returned': decision('returned'),
  'order.placed': kind(placed, (book, { order, approveBy, payBy, tenders, ...pub }, fact, open) => {
    const until = z.date().parse(approveBy ?? payBy)
    const walletFen = tenders.find(tender => tender.kind === 'wallet')?.fen ?? 0
    const citizen = pub.buyer === 'citizen'
    const told = { ...pub, approveBy: until, citizen, walletFen, customer: open.get('customer'), fact }
    book.tell(book.orders, order, told, 'order')
    // the first of its trail, unless a step stands before it
    if (!book.trails.has(order)) book.trails.set(order, { steps: new Map(), last: fact })
  }),
  'order.shipped': kind(sent, (book, { order, parcel, lines }, fact, said) => {
    book.step(order, 'shipped', { fact, said })
    if (parcel && lines) book.more(book.sent, order, { fact, said, parcel, lines })
  }),
  'order.part_shipped': kind(sent.required(), (book, { order, ...part }, fact, said) =>
    book.more(book.sent, order, { ...part, fact, said }),
  ),
  'review.hidden': kind(z.object({ review: z.string() }), () => undefined),
  // what follows from a claim is told by the order
  ...Object.fromEntries(
    [
      'asked',
      'agreed',
      'refused',
      'objected',
      'upheld',
      'dismissed',
      'sent_back',
      'received',
      'withdrawn',
    ].map(name => [`claim.${name}`, kind(z.object({ claim: z.string() }), () => undefined)]),
  ),
  // it stands beside the trail of its order, which ends with the reduction
  'order.returned': kind(returned, ({ returned: told }, { order, ...pub }, fact) => {
    told.set(order, [...(told.get(order) ?? []), { ...pub, fact }])
  }),
  'order.reduced': kind(reduced, (book, { order, ...pub }, fact) =>
    book.more(book.offs, order, { ...pub, fact }),
  ),
  ...Object.fromEntries(
    (
      [
        'approved',
        'refused',
        'cancelled',
        'expired',
        'delivered',
        'accepted',
        'paid',
        'evaluated',
        'completed',
      ] as const
    ).map(name => [`order.${name}`, stepKind(name)]),
  ),
}
