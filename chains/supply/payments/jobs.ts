import type { Writer } from '@silian/kernel/database/database.ts'
import { defineJob } from '@silian/kernel/jobs/define.ts'
import { enqueueMany } from '@silian/kernel/jobs/enqueue.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { addDays, dateOf } from '@silian/kernel/time/shanghai.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { closeTrade } from './ask.ts'
import { expireUnpaid } from './expiry.ts'
import { askLater } from './refund-job.ts'
import { enabledProviders } from './settings.ts'
import { compareDay } from './statements.ts'

const payload = z.object({ payment: z.uuid() })

/** Closes a payment with its provider: its time is over, or its payer chose another way. */
export const closeTradeJob = {
  ...defineJob<Kit, typeof payload>({
    ...{ name: 'payment.close', payload, attempts: 12 },
    run: ({ kit, scope }, { payment }) => closeTrade(kit, scope, payment),
  }),
  visible: false as const,
}

export const closeTrades = (tx: Writer, payments: readonly string[]): Promise<void> =>
  enqueueMany(
    tx,
    closeTradeJob,
    payments.map(payment => ({ payment })),
  )

/** Each minute: orders nobody paid in time are over, each in its own transaction, and so are their payments. */
export const expireUnpaidOrders = defineJob<Kit, z.ZodObject>({
  name: 'order.unpaid',
  payload: z.object({}),
  recurring: { at: '* * * * *' },
  run: async ({ kit, scope }) => {
    const due = await kit.app.read(scope, tx =>
      tx.query<{ id: string }>(
        `select id from "order" where programme_id = $1 and state = 'awaiting_payment' and pay_by <= $2 order by pay_by limit 2000`,
        [tx.programme, tx.at],
      ),
    )
    for (const { id } of due)
      await kit.app.write(scope, async tx => {
        const open = await openTrades(tx, id)
        await expireUnpaid(tx, kit, id)
        await closeTrades(tx, open)
        return ok(null)
      })
  },
})

const openTrades = async (tx: Writer, orderId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select p.id from payment_allocation a join payment p on p.programme_id = $1 and p.id = a.payment_id
        where a.programme_id = $1 and a.order_id = $2 and p.state = 'open' and p.provider in ('wechat', 'alipay')`,
      [tx.programme, orderId],
    )
  ).map(row => row.id)

/** Every ten minutes: refunds that a provider took on and has not reported are asked for again. */
export const followRefunds = defineJob<Kit, z.ZodObject>({
  name: 'refund.follow',
  payload: z.object({}),
  recurring: { at: '*/10 * * * *' },
  run: async ({ kit, scope }) => {
    await kit.app.write(scope, async tx => {
      const waiting = await tx.query<{ id: string; source: 'wechat' | 'alipay' }>(
        `select id, source from refund where programme_id = $1 and state = 'asked' and source in ('wechat', 'alipay')
           and asked_at < $2 order by ordered_at limit 200`,
        [tx.programme, new Date(tx.at.getTime() - 600_000)],
      )
      await askLater(tx, waiting)
      return ok(null)
    })
  },
})

/** Each morning after ten, when providers have yesterday's statements: every day of them is compared with ours. */
export const compareStatements = defineJob<Kit, z.ZodObject>({
  name: 'payment.compare',
  payload: z.object({}),
  recurring: { at: '20 10 * * *' },
  run: async ({ kit, scope }) => {
    const { day, names } = await kit.app.read(scope, async tx => ({
      day: addDays(dateOf(tx.at), -1),
      names: await enabledProviders(tx),
    }))
    for (const name of names) must(await compareDay(kit, scope, name, day))
  },
})
