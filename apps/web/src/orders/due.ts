import type { Order } from '@silian/chains/supply/orders/contract.ts'

/** What orders come to by now, together. */
export const dueOf = (orders: readonly Order[]): number => orders.reduce((sum, { dueFen }) => sum + dueFen, 0)
