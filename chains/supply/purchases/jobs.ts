import type { Writer } from '@silian/kernel/database/database.ts'
import { defineJob, type JobContext } from '@silian/kernel/jobs/define.ts'
import { eachInTurn } from '@silian/kernel/jobs/each.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { UNTOLD_DAYS } from '../claims/rules.ts'
import { ACCEPT_DAYS, EVALUATE_DAYS, longAgo } from './rules.ts'
import { acceptSilently, countSilently } from './service.ts'

const sweep =
  (where: string, days: number, step: (tx: Writer, kit: Kit, id: string) => Promise<void>) =>
  async ({ kit, scope }: JobContext<Kit>): Promise<void> => {
    const due = await kit.app.read(scope, tx =>
      tx.query<{ id: string }>(
        `select id from "order" where programme_id = $1 and buyer_kind = 'citizen' and ${where} limit 2000`,
        [tx.programme, longAgo(tx.at, days)],
      ),
    )
    await eachInTurn(due, async ({ id }) =>
      must(await kit.app.write(scope, async tx => ok(await step(tx, kit, id)))),
    )
  }

const NO_CLAIM =
  'not exists (select 1 from claim c where c.programme_id = $1 and c.order_id = "order".id and c.closed_at is null)'

const NO_RETURN = `not exists (select 1 from parcel p
  where p.programme_id = $1 and p.order_id = "order".id and p.state = 'returned')`

/**
 * Each hour: orders of citizens that were delivered ten days ago and of which nobody said anything are accepted; where a
 * claim is open, once it is closed.
 */
export const acceptSilent = defineJob<Kit, z.ZodObject>({
  name: 'order.accept_silent',
  payload: z.object({}),
  recurring: { at: '7 * * * *' },
  run: sweep(`state = 'shipped' and delivered_at <= $2 and ${NO_CLAIM}`, ACCEPT_DAYS, acceptSilently),
})

/** Each hour: the same of orders of which no carrier tells; what came back to the seller was not accepted. */
export const acceptUntold = defineJob<Kit, z.ZodObject>({
  name: 'order.accept_untold',
  payload: z.object({}),
  recurring: { at: '9 * * * *' },
  run: sweep(
    `state = 'shipped' and delivered_at is null and shipped_at <= $2 and ${NO_RETURN} and ${NO_CLAIM}`,
    UNTOLD_DAYS,
    acceptSilently,
  ),
})

/** Each hour: those accepted fifteen days ago count without an evaluation; where a claim is open, once it is closed. */
export const countSilent = defineJob<Kit, z.ZodObject>({
  name: 'order.count_silent',
  payload: z.object({}),
  recurring: { at: '17 * * * *' },
  run: sweep(
    `accepted_at is not null and completed_at is null and accepted_at <= $2 and refunded_fen < total_fen and ${NO_CLAIM}`,
    EVALUATE_DAYS,
    countSilently,
  ),
})
