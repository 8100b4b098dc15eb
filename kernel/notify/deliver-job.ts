import { z } from 'zod'

/** The queue's name for a delivery, apart from what does it: services only put it there. */
export const deliverJob = {
  name: 'notification.deliver',
  payload: z.object({ notification: z.uuid(), target: z.uuid() }),
  attempts: 12,
  visible: false,
} as const
