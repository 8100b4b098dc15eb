import type { Writer } from '@silian/kernel/database/database.ts'
import { type LoggedFact, type Subscription, subscribe } from '@silian/kernel/fact/subscribe.ts'
import { lockGenerations } from './generation.ts'
import { writeOffers } from './write.ts'

/** Written at once; a co-operative of more offers is written in several turns. */
const TURN = 500

/** Keeps what the shop finds: each fact has the offers written anew that it may have changed, and no others. */
export const followOffers: Subscription = subscribe({
  name: 'shop.search',
  types: [
    ...['offer.listed', 'offer.changed'],
    ...['product.created', 'product.changed', 'product.recognised', 'product.withdrawn'],
    ...['link.signed', 'link.consented', 'link.passed', 'organisation.succeeded'],
    ...['order.completed', 'order.returned'],
  ],
  handle: (tx, fact) => follow(tx, [fact]),
  handleAll: follow,
})

async function follow(tx: Writer, facts: readonly LoggedFact[]): Promise<void> {
  const of = (noun: string) => facts.filter(({ type }) => type.startsWith(`${noun}.`))
  await countSold(tx, of('order'))
  const ids = await touched(tx, {
    offers: of('offer').map(({ subject }) => subject),
    products: of('product').map(({ subject }) => subject),
    links: of('link').map(({ subject }) => subject),
    sellers: of('organisation').map(({ subject }) => subject),
  })
  for (let i = 0; i < ids.length; i += TURN) await writeOffers(tx, ids.slice(i, i + TURN))
}

interface Touched {
  readonly offers: readonly string[]
  readonly products: readonly string[]
  readonly links: readonly string[]
  readonly sellers: readonly string[]
}

async function touched(tx: Writer, { offers, products, links, sellers }: Touched): Promise<string[]> {
  if (products.length + links.length + sellers.length === 0) return [...new Set(offers)]
  const rows = await tx.query<{ id: string }>(
    `select id from offer where programme_id = $1 and id = any($2::uuid[])
     union select id from offer where programme_id = $1 and product_id = any($3::uuid[])
     union select id from offer where programme_id = $1 and seller_id = any($5::uuid[])
     union select o.id from undertaking u join offer o on o.programme_id = u.programme_id and o.seller_id = u.promisor_id
       where u.programme_id = $1 and u.id = any($4::uuid[])`,
    [tx.programme, offers, products, links, sellers],
    'offers-touched',
  )
  return rows.map(({ id }) => id)
}

interface Line {
  readonly no: number
  /** Below zero of what came back. */
  readonly pieces: number
}

/** Adds the pieces of completed orders to their offers and takes off what came back; the cursor of the log makes it once. */
async function countSold(tx: Writer, facts: readonly LoggedFact[]): Promise<void> {
  const lines = facts.flatMap(({ subject, pub }) =>
    (pub.lines as unknown as Line[]).map(({ no, pieces }) => ({ order: subject, no, pieces })),
  )
  if (lines.length === 0) return
  await lockGenerations(tx)
  await tx.query(
    `with sold as (
       select l.offer_id, sum(u.pieces)::bigint as pieces from unnest($2::uuid[], $3::int[], $4::bigint[]) u (order_id, no, pieces)
        join order_line l on l.programme_id = $1 and l.order_id = u.order_id and l.no = u.no
        group by l.offer_id order by l.offer_id),
     kept as (
       insert into offer_sold (programme_id, offer_id, pieces) select $1, offer_id, pieces from sold
       on conflict (programme_id, offer_id) do update set pieces = offer_sold.pieces + excluded.pieces
       returning offer_id, pieces)
     update offer_found f set sold = k.pieces from kept k
      where f.programme_id = $1 and f.offer_id = k.offer_id
        and f.generation in (select generation from offer_generation where programme_id = $1 and state <> 'past')`,
    [
      tx.programme,
      lines.map(({ order }) => order),
      lines.map(({ no }) => no),
      lines.map(({ pieces }) => pieces),
    ],
    'offers-sold',
  )
}
