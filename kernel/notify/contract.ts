import { z } from 'zod'
import { id } from '../http/shapes.ts'

/** `POST /notification-targets`: an e-mail address, or an https address that is sent signed messages. */
export const newTarget = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('email'), address: z.email().max(200), language: z.enum(['zh', 'en']) }),
  z.object({ channel: z.literal('webhook'), address: z.url().max(500), language: z.enum(['zh', 'en']) }),
])
export type NewTarget = z.infer<typeof newTarget>

/** `GET /notification-targets`: addresses are masked. */
export const targetPage = z.array(
  z.object({
    id,
    channel: z.enum(['email', 'webhook', 'sms']),
    address: z.string(),
    language: z.enum(['zh', 'en']),
  }),
)
