import { defineJob } from '@silian/kernel/jobs/define.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'

/** Days that a provider's message is kept: as long as a claim about it may be brought. */
const MESSAGE_DAYS = 3 * 366

/** Each night: sessions and codes that are over, and addresses that were taken off the list and are named by no order. */
export const sweepCustomers = defineJob<Kit, z.ZodObject>({
  name: 'customer.sweep',
  payload: z.object({}),
  recurring: { at: '40 3 * * *' },
  run: async ({ kit, scope }) => {
    await kit.batch.write(scope, async tx => {
      await tx.query('delete from customer_session where programme_id = $1 and expires_at <= $2', [
        tx.programme,
        tx.at,
      ])
      await tx.query('delete from customer_code where programme_id = $1 and expires_at <= $2', [
        tx.programme,
        tx.at,
      ])
      await tx.query(
        `delete from customer_address a where a.programme_id = $1 and a.closed_at is not null
           and not exists (select from "order" o where o.programme_id = $1 and o.address_id = a.id)`,
        [tx.programme],
      )
      await tx.query('delete from provider_message where programme_id = $1 and received_at <= $2', [
        tx.programme,
        new Date(tx.at.getTime() - MESSAGE_DAYS * 86_400_000),
      ])
      return ok(null)
    })
  },
})
