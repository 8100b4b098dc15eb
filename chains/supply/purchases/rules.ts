/** Days from delivery after which silence accepts, and from acceptance after which an order counts without a word. */
export const ACCEPT_DAYS = 10
export const EVALUATE_DAYS = 15

const later = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000)

export const acceptsAt = (deliveredAt: Date): Date => later(deliveredAt, ACCEPT_DAYS)
/** What happened up to then was so long ago. */
export const longAgo = (at: Date, days: number): Date => later(at, -days)
