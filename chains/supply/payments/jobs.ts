import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { defineJob } from '@silian/kernel/jobs/define.ts'
import { eachInTurn } from '@silian/kernel/jobs/each.ts'
import { enqueueMany } from '@silian/kernel/jobs/enqueue.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { closeTrade } from './ask.ts'
import { expireUnpaid } from './expiry.ts'
import type { ProviderName } from './providers/provider.ts'
import { askLater } from './refund-job.ts'
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
    ({ payment }) => payment,
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
    await eachInTurn(due, async ({ id }) =>
      must(
        await kit.app.write(scope, async tx => {
          const open = await openTrades(tx, id)
          await expireUnpaid(tx, kit, id)
          return ok(await closeTrades(tx, open))
        }),
      ),
    )
  },
})

/** Payments of an order that its payers may still confirm with a provider. */
export const openTrades = async (tx: Writer, orderId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select p.id from payment_allocation a join payment p on p.programme_id = $1 and p.id = a.payment_id
        where a.programme_id = $1 and a.order_id = $2 and p.state = 'open' and p.provider in ('wechat', 'alipay')`,
      [tx.programme, orderId],
    )
  ).map(row => row.id)

/** Every ten minutes: refunds that a provider could not be asked for, or took on and has not reported, are asked for again. */
export const followRefunds = defineJob<Kit, z.ZodObject>({
  name: 'refund.follow',
  payload: z.object({}),
  recurring: { at: '*/10 * * * *' },
  run: async ({ kit, scope }) => {
    await kit.app.write(scope, async tx => {
      const waiting = await tx.query<{ id: string; source: 'wechat' | 'alipay' }>(
        // those tried longest ago: however many are stuck, the others have their turn
        `update refund set asked_at = $3 where programme_id = $1 and id in (
           select id from refund where programme_id = $1 and state in ('ordered', 'asked') and source in ('wechat', 'alipay')
             and coalesce(asked_at, ordered_at) < $2 order by coalesce(asked_at, ordered_at) limit 200 for update skip locked)
         returning id, source`,
        [tx.programme, new Date(tx.at.getTime() - 540_000), tx.at],
      )
      await askLater(tx, waiting)
      return ok(null)
    })
  },
})

/** Days that are caught up with where a provider was silent, or nobody was there to ask. */
const DAYS_BACK = 7

/** From the day of a provider's first payment on. */
const uncompared = (tx: Reader): Promise<{ name: ProviderName; day: string }[]> =>
  tx.query(
    `select p.name, d.day from payment_provider p
       cross join (select $2::date - n as day from generate_series(1, ${DAYS_BACK}) n) d
      where p.programme_id = $1 and p.enabled
        and d.day >= (select min((q.created_at at time zone 'Asia/Shanghai')::date) from payment q
          where q.programme_id = $1 and q.provider = p.name)
        and not exists (select from provider_statement s
          where s.programme_id = $1 and s.provider = p.name and s.day = d.day)
      order by d.day, p.name`,
    [tx.programme, dateOf(tx.at)],
  )

/** Each morning after ten, when providers have yesterday's statements: every day that was not compared yet is. */
export const compareStatements = defineJob<Kit, z.ZodObject>({
  name: 'payment.compare',
  payload: z.object({}),
  recurring: { at: '20 10 * * *' },
  run: async ({ kit, scope }) => {
    const silent: string[] = []
    for (const { name, day } of await kit.app.read(scope, uncompared)) {
      const compared = await compareDay(kit, scope, name, day)
      if (!compared.ok) silent.push(`${name} of ${day}: ${compared.code}`)
    }
    // no refusal, which would end the job: it is tried again
    if (silent.length > 0) throw new Error(silent.join(', '))
  },
})
