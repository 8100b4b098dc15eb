import { defineJob } from '@silian/kernel/jobs/define.ts'
import { eachInTurn } from '@silian/kernel/jobs/each.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { APPROVAL_DAYS } from './rules.ts'
import { expireOrder } from './service.ts'

/** Every five minutes: orders nobody approved in time give back what they hold, each in its own transaction. */
export const expireOrders = defineJob<Kit, z.ZodObject>({
  name: 'order.expire',
  payload: z.object({}),
  recurring: { at: '*/5 * * * *' },
  run: async ({ kit, scope }) => {
    const due = await kit.app.read(scope, tx =>
      tx.query<{ id: string }>(
        `select id from "order" where programme_id = $1 and state = 'in_approval' and placed_at <= $2 order by placed_at limit 500`,
        [tx.programme, new Date(tx.at.getTime() - APPROVAL_DAYS * 86_400_000)],
      ),
    )
    await eachInTurn(due, async ({ id }) =>
      must(await kit.app.write(scope, async tx => ok(await expireOrder(tx, kit, id)))),
    )
  },
})
