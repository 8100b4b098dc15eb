import { uuidArray } from '@silian/kernel/database/array.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { OfferPrice } from '../catalogue/contract.ts'
import { type BuyerNow, readBuyers } from '../customers/buyers.ts'
import type { NewOrder } from './contract.ts'
import type { OfferNow } from './place-rules.ts'

export interface DeclarationNow {
  readonly id: string
  readonly unit_id: string
  readonly unit_type: string
  /** Of whoever runs the unit's outsourced canteen. */
  readonly contractor_id: string | null
  readonly state: string
  readonly year: number
}

/** A basket with the customers that its asker is. */
interface Basket {
  readonly customers: readonly string[]
  readonly channel?: 'point'
  readonly guestOf?: string | undefined
  readonly input: NewOrder
}

/** By whom what a basket holds is counted: all guests of a phone together, else the customer; null where nobody counts. */
export const heldByOf = ({ customers, channel, guestOf, input }: Basket): string | null =>
  input.buyer === 'citizen' && channel === undefined ? (guestOf ?? customers[0] ?? null) : null

/** What baskets are judged by, each table read once for all of them. */
export interface Now {
  /** Customers who buy, locked: none of them is erased or orders elsewhere meanwhile. */
  readonly buyers: ReadonlyMap<string, BuyerNow>
  readonly offers: ReadonlyMap<string, OfferNow>
  readonly declarations: ReadonlyMap<string, DeclarationNow>
  /** Addresses that are kept, each with its customer. */
  readonly addresses: ReadonlyMap<string, string>
  readonly areas: ReadonlySet<string>
  /** Of each lot that guests of a phone ask for: see {@link ofLot}. */
  readonly lots: ReadonlyMap<string, LotNow>
}

/** A lot, in its unit, as the guests of a phone find it. */
export interface LotNow {
  readonly left: number
  /** Waiting for their own payment. */
  readonly held: number
}

/** The key of a lot among `Now.lots`. */
export const ofLot = (guestOf: string, lot: string): string => `${guestOf} ${lot}`

/** Sent together: a batch waits for the network once. */
export async function readNow(tx: Writer, baskets: readonly Basket[]): Promise<Now> {
  const inputs = baskets.map(({ input }) => input)
  const offers = [...new Set(inputs.flatMap(input => input.lines.map(line => line.offerId)))]
  const units = inputs.filter(input => input.buyer !== 'citizen')
  const places = inputs.flatMap(input => (input.buyer === 'citizen' ? [input.delivery] : []))
  const [, found, prices, declarations, addresses, areas, buyers, lots] = await Promise.all([
    // planned anew for each length of its lists, a batch's statement takes longer to plan than to run
    tx.query('set local plan_cache_mode = force_generic_plan'),
    readOffers(tx, offers),
    readPrices(tx, offers),
    readDeclarations(tx, [...new Set(units.map(input => input.declarationId))]),
    readAddresses(
      tx,
      places.flatMap(place => ('addressId' in place ? [place.addressId] : [])),
    ),
    readAreas(
      tx,
      places.flatMap(place => ('addressId' in place ? [] : [place.areaCode])),
    ),
    readBuyers(
      tx,
      baskets.flatMap(basket =>
        basket.input.buyer === 'citizen'
          ? basket.customers.slice(0, 1).map(id => ({ id, heldBy: heldByOf(basket) }))
          : [],
      ),
    ),
    readLots(
      tx,
      baskets.flatMap(({ guestOf, input }) =>
        guestOf === undefined ? [] : input.lines.map(({ offerId }) => ({ guestOf, offerId })),
      ),
    ),
  ])
  return {
    offers: new Map(found.map(row => [row.id, { ...row, prices: prices.get(row.id) ?? [] }])),
    declarations: new Map(declarations.map(row => [row.id, row])),
    addresses: new Map(addresses.map(row => [row.id, row.customer_id])),
    areas: new Set(areas.map(row => row.code)),
    lots: new Map(lots.map(row => [ofLot(row.guest_of, row.lot_id), row])),
    buyers,
  }
}

const readOffers = (tx: Reader, ids: readonly string[]): Promise<Omit<OfferNow, 'prices'>[]> =>
  tx.query(
    `select o.id, o.version, o.state, o.seller_id, o.product_id, o.lot_id, o.per_piece, o.price_fen, o.ship_days,
       o.least_pieces, o.most_pieces, p.unit, p.county_code,
       coalesce($3::date between p.recognised_from and p.recognised_to, false) as recognised
     from offer o join product p on p.programme_id = o.programme_id and p.id = o.product_id
     where o.programme_id = $1 and o.id = any($2)`,
    [tx.programme, uuidArray(ids), dateOf(tx.at)],
    'order-offers',
  )

async function readPrices(tx: Reader, ids: readonly string[]): Promise<Map<string, OfferPrice[]>> {
  const rows = await tx.query<{
    offer_id: string
    buyer_group: OfferPrice['group']
    from_pieces: number
    price_fen: number
  }>(
    `select p.offer_id, p.buyer_group, p.from_pieces, p.price_fen
     from offer o join offer_price p on p.programme_id = o.programme_id and p.offer_id = o.id and p.version = o.version
     where o.programme_id = $1 and o.id = any($2)`,
    [tx.programme, uuidArray(ids)],
    'order-prices',
  )
  const prices = new Map<string, OfferPrice[]>()
  for (const { offer_id, buyer_group: group, from_pieces: fromPieces, price_fen: priceFen } of rows)
    prices.set(offer_id, [...(prices.get(offer_id) ?? []), { group, fromPieces, priceFen }])
  return prices
}

const readDeclarations = async (tx: Reader, ids: readonly string[]): Promise<DeclarationNow[]> =>
  ids.length === 0
    ? []
    : tx.query(
        `select d.id, d.unit_id, u.type as unit_type, c.contractor_id, d.state, d.year from declaration d
         join organisation u on u.programme_id = d.programme_id and u.id = d.unit_id
         left join canteen c on c.programme_id = d.programme_id and c.id = d.canteen_id and d.kind = 'outsourced'
         where d.programme_id = $1 and d.id = any($2)`,
        [tx.programme, uuidArray(ids)],
        'order-declarations',
      )

const readAddresses = async (
  tx: Reader,
  ids: readonly string[],
): Promise<{ id: string; customer_id: string }[]> =>
  ids.length === 0
    ? []
    : tx.query(
        `select id, customer_id from customer_address
         where programme_id = $1 and id = any($2) and closed_at is null`,
        [tx.programme, uuidArray(ids)],
        'order-addresses',
      )

const readAreas = async (tx: Reader, codes: readonly string[]): Promise<{ code: string }[]> =>
  codes.length === 0 ? [] : tx.query('select code from area where code = any($1)', [codes], 'order-areas')

interface GuestLot extends LotNow {
  readonly guest_of: string
  readonly lot_id: string
}

/** Subqueries: joined, row security has every account of the programme read. */
const readLots = async (
  tx: Reader,
  asked: readonly { readonly guestOf: string; readonly offerId: string }[],
): Promise<GuestLot[]> =>
  asked.length === 0
    ? []
    : tx.query(
        `select a.guest_of, a.lot_id, coalesce((select k.balance - k.held from ledger_account k
             where k.programme_id = $1 and k.account = 'stock/lot/' || a.lot_id), 0)::bigint as left,
           coalesce((select sum(l.quantity) from "order" o
             join order_line l on l.programme_id = o.programme_id and l.order_id = o.id and l.lot_id = a.lot_id
            where o.programme_id = $1 and o.state = 'awaiting_payment' and o.held_by = a.guest_of and o.pay_by > $4),
           0)::bigint as held
         from (select distinct g.guest_of, f.lot_id from unnest($2::uuid[], $3::uuid[]) g (guest_of, offer_id)
           join offer f on f.programme_id = $1 and f.id = g.offer_id) a`,
        [
          ...[tx.programme, uuidArray(asked.map(({ guestOf }) => guestOf))],
          ...[uuidArray(asked.map(({ offerId }) => offerId)), tx.at],
        ],
        'order-lots',
      )
