import type { Areas } from '../areas.ts'
import type { Book } from '../book.ts'
import { AnyOf, type Expectation, type Row, type Value } from '../compare.ts'
import { declaredRows } from './declared.ts'

export const map = <K, V>(rows: ReadonlyMap<K, V>, row: (key: K, value: V) => Row): Row[] =>
  [...rows].map(([key, value]) => row(key, value))

/** Keys, declared registers, products, lots and offers as the facts put them on record. */
export function registers(book: Book, areas: Areas): Expectation[] {
  const pathOf = (code: string | undefined): Value | undefined =>
    code === undefined ? undefined : new AnyOf(...areas.pathsOf(code))
  return [
    keys(book),
    ...declaredRows(book, areas),
    products(book, pathOf),
    ...lots(book),
    offers(book),
    offerPrices(book),
  ]
}

const keys = (book: Book): Expectation => ({
  table: 'signing_key',
  key: ['key_id'],
  rows: map(book.keys, (key_id, key) => ({
    key_id,
    holder: key.holder,
    alg: key.alg,
    custody: key.custody,
    public_key: Buffer.from(key.key, 'base64'),
    role: key.role,
    speaks_as: key.as ?? null,
    registered_at: key.fact.at,
    revoked_at: book.revoked.get(key_id) ?? null,
  })),
})

const products = (book: Book, pathOf: (code: string) => Value | undefined): Expectation => ({
  table: 'product',
  key: ['id'],
  rows: map(book.products, (id, product) => {
    const recognition = book.recognitions.get(id)?.at(-1)
    return {
      id,
      key: product.key,
      name_zh: product.name,
      class: product.class,
      county_code: product.county,
      area_path: pathOf(product.county),
      cooperative_id: product.cooperative,
      unit: product.unit,
      recognised_from: recognition?.from ?? null,
      recognised_to: recognition?.to ?? null,
      created_at: product.fact.at,
    }
  }),
})

const lots = (book: Book): Expectation[] => [
  {
    table: 'lot',
    key: ['id'],
    rows: map(book.lots, (id, lot) => ({
      id,
      product_id: lot.product,
      cooperative_id: book.products.get(lot.product)?.cooperative,
      harvested_on: lot.harvestedOn,
      place_id: lot.place ?? null,
      moved_leaf: lot.moved === undefined ? null : Buffer.from(lot.moved, 'base64'),
      quantity: lot.quantity,
      own_quantity: lot.own,
      households: new Set(lot.sources.map(source => source.householdId)).size,
      created_at: lot.fact.at,
    })),
  },
  {
    table: 'lot_source',
    key: ['lot_id', 'link_id'],
    rows: [...book.lots].flatMap(([lot_id, { sources }]) =>
      sources.map(source => ({
        lot_id,
        link_id: source.linkId,
        household_id: source.householdId,
        quantity: source.quantity,
        price_fen: source.price.fen,
        price_per: source.price.per,
      })),
    ),
  },
]

const offers = (book: Book): Expectation => ({
  table: 'offer',
  key: ['id'],
  rows: map(book.offers, (id, offer) => {
    const version = Math.max(...(book.versions.get(id)?.keys() ?? []))
    const last = book.versions.get(id)?.get(version)
    return {
      id,
      version,
      state: last?.state,
      product_id: offer.product,
      seller_id: book.products.get(offer.product)?.cooperative,
      lot_id: last?.lot,
      per_piece: offer.perPiece,
      price_fen: last?.fen,
      ship_days: last?.shipDays ?? offer.shipDays,
      created_at: offer.fact.at,
    }
  }),
})

/** Each version keeps its own. */
const offerPrices = (book: Book): Expectation => ({
  table: 'offer_price',
  key: ['offer_id', 'version', 'buyer_group', 'from_pieces'],
  rows: [...book.versions].flatMap(([offer_id, versions]) =>
    [...versions.values()].flatMap(({ version, prices = [] }) =>
      prices.map(({ group, from, fen }) => ({
        ...{ offer_id, version, buyer_group: group, from_pieces: from, price_fen: fen },
      })),
    ),
  ),
})
