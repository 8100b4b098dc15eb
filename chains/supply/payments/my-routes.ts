import { command } from '@silian/kernel/database/command.ts'
import { type Call, type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { CustomerKit } from '../customers/routes.ts'
import { mayWrite } from '../customers/turns.ts'
import { askProvider } from './ask.ts'
import { type MyPayment, myPayment, newMyPayment, payWays, providerName } from './contract.ts'
import { closeTrades } from './jobs.ts'
import { bytesOf } from './notice-bytes.ts'
import { openMyPayment } from './pay.ts'
import { readMyPayment } from './reads.ts'
import { receiveNotice } from './receive.ts'
import { enabledProviders } from './settings.ts'

const params = z.object({ payment: id })

/** How citizens pay, and what providers say of it. */
export const myPaymentRoutes = (kit: CustomerKit): Route[] => [
  route({
    method: 'GET',
    path: '/shop/pay-ways',
    action: 'shop.session',
    summary: '支付方式 How one may pay here',
    answer: payWays,
    handle: async ({ scope }) => ok({ ways: await kit.app.read(scope, enabledProviders) }),
  }),
  route({
    method: 'POST',
    path: '/my/payments',
    action: 'my.payments',
    summary: '付款 Pay what is due of orders, all in one, or a part of one',
    body: newMyPayment,
    answer: myPayment,
    handle: async call => {
      const { scope, principal, reach, body, command: once } = call
      if (principal.kind !== 'customer') return refuse('customer.not_found')
      const may = mayWrite(kit, principal, call.asked)
      if (!may.ok) return may
      const own = [principal.id, ...reach.personIds.filter(other => other !== principal.id)]
      const opened = await command(kit.app, scope, { ...once, keepDays: 365 }, async tx => {
        const done = await openMyPayment(tx, kit, own, body)
        if (done.ok) await closeTrades(tx, done.value.givenUp)
        return done.ok ? ok({ id: done.value.id }) : done
      })
      return opened.ok ? askedAndRead(kit, call, opened.value.id) : opened
    },
  }),
  route({
    method: 'GET',
    path: '/my/payments/{payment}',
    action: 'my.payments',
    summary: '付款状态 One of one’s own payments',
    params,
    answer: myPayment,
    handle: ({ scope, reach, params: { payment } }) =>
      kit.app.read(scope, tx => readMyPayment(tx, reach, payment)),
  }),
  route({
    method: 'POST',
    path: '/my/payments/{payment}/asking',
    action: 'my.payments',
    summary: '查询付款 Ask the provider what became of it, or again where to confirm',
    params,
    body: z.object({}),
    answer: myPayment,
    // asking is for a moment and changes nothing twice
    keyless: true,
    handle: async call => {
      const own = await kit.app.read(call.scope, tx => readMyPayment(tx, call.reach, call.params.payment))
      return own.ok ? askedAndRead(kit, call, call.params.payment) : own
    },
  }),
  route({
    // open to the world, because the message carries its own proof: the provider's signature
    method: 'POST',
    path: '/payment-notices/{provider}',
    action: 'payment.notice',
    summary: "支付通知 The provider's signed word",
    params: z.object({ provider: providerName }),
    raw: true,
    answer: z.string(),
    keyless: true,
    handle: async ({ scope, params: { provider }, raw, asked }) => {
      const body = await bytesOf(raw)
      if (!body) return refuse('notice.malformed')
      const heard = await receiveNotice(kit, scope, provider, { headers: asked.headers, body })
      return heard.ok ? ok(heard.value.heard) : heard
    },
  }),
]

/** Past the transaction: whoever waits for the provider waits alone. */
async function askedAndRead(
  kit: CustomerKit,
  { scope, reach, asked }: Pick<Call<undefined, undefined, undefined>, 'scope' | 'reach' | 'asked'>,
  payment: string,
): Promise<Result<MyPayment, 'payment.not_found'>> {
  await askProvider(kit, scope, payment, {
    ...{ publicUrl: kit.shop.publicUrl, payerAddress: asked.address },
  })
  return kit.app.read(scope, tx => readMyPayment(tx, reach, payment))
}
