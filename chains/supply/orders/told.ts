import type { Writer } from '@silian/kernel/database/database.ts'
import { type LoggedFact, type Subscription, subscribe } from '@silian/kernel/fact/subscribe.ts'
import { tellAll } from '@silian/kernel/notify/tell.ts'

/** Tells a seller's clerks of each order that is theirs to send now: a unit's once it is approved, a citizen's once it is paid. */
export const tellSellers: Subscription = subscribe({
  name: 'order.sellers',
  types: ['order.approved', 'order.paid'],
  handle: (tx, fact) => tellOf(tx, [fact]),
  handleAll: tellOf,
})

/** Once an order, whichever of the two came first; nobody is told of what has left or ended meanwhile. */
async function tellOf(tx: Writer, facts: readonly LoggedFact[]): Promise<void> {
  const orders = await tx.query<{ id: string; number: string; seller_id: string; ship_by: string }>(
    `select id, number, seller_id, ship_by from "order"
      where programme_id = $1 and id = any($2::uuid[]) and state = 'approved' order by id`,
    [tx.programme, facts.map(({ subject }) => subject)],
    'orders-to-tell',
  )
  await tellAll(
    tx,
    orders.map(({ id, number, seller_id, ship_by }) => ({
      audience: { member_id: null, role: 'coop_clerk', organisation_id: seller_id, area_path: null },
      word: { kind: 'order.to_ship', cause: id, params: { order: id, number, shipBy: ship_by } },
    })),
  )
}
