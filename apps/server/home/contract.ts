import { z } from 'zod'

export const waitingKinds = [
  'declarations_to_confirm',
  'orders_to_approve',
  'orders_to_ship',
  'orders_to_accept',
  'orders_to_pay',
  'orders_to_evaluate',
  'payouts_to_send',
  'payouts_to_confirm',
  'figures_to_publish',
] as const

/** What waits for whoever asks, by kind; kinds that are not theirs are left out, those that are empty say 0; no further than is counted, `more` says so. */
export const home = z.object({
  waiting: z.array(z.object({ kind: z.enum(waitingKinds), count: z.number().int(), more: z.boolean() })),
})
export type Home = z.infer<typeof home>
