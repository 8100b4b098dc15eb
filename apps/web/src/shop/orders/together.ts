import type { Purchase } from '@silian/chains/supply/purchases/contract.ts'

type Due = Pick<Purchase, 'id' | 'dueFen' | 'payment'>

/** Orders in the list's order, those that one open payment pays beside each other: a group a payment, one for each other order. */
export function byPayment<T extends Due>(orders: readonly T[]): readonly (readonly [T, ...T[]])[] {
  const groups = Map.groupBy(orders, order => order.payment?.id ?? order.id)
  return [...groups.values()].flatMap(([first, ...more]) => (first ? [[first, ...more] as const] : []))
}

/** What is paid when these are: their open payment may pay more than the page shows. */
export const paidWith = (orders: readonly Due[]): readonly string[] => [
  ...new Set(orders.flatMap(({ id, payment }) => payment?.orders ?? [id])),
]

/** What paying them costs, each payment once. */
export function costOf(orders: readonly Due[]): number {
  const open = new Map(
    orders.map(({ id, dueFen, payment }) => [payment?.id ?? id, payment?.amountFen ?? dueFen]),
  )
  return [...open.values()].reduce((sum, fen) => sum + fen, 0)
}
