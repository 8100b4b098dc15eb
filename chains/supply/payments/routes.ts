import { holderOf } from '@silian/kernel/access/holder.ts'
import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { findSide } from '../orders/reads.ts'
import { allotCredit } from './allot.ts'
import { receiveMessage } from './bank.ts'
import {
  allotment,
  bankAnswer,
  bankMessage,
  creditPage,
  creditQuery,
  newPayment,
  payment,
} from './contract.ts'
import { listCredits, readPayment } from './reads.ts'
import { openPayment } from './service.ts'

export const paymentRoutes = (kit: Kit): Route[] => [
  route({
    method: 'POST',
    path: '/payments',
    action: 'payment.open',
    summary: '付款识别码 Open a payment for orders and get its transfer code',
    body: newPayment,
    answer: payment,
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, { ...once, keepDays: 365 }, async tx => {
        const found = await findSide(tx, reach, body.orderIds, 'buyer')
        if (!found.ok) return found
        const opened = await openPayment(tx, kit, body)
        return opened.ok ? readPayment(tx, reach, opened.value.id) : opened
      }),
  }),
  route({
    method: 'GET',
    path: '/payments/{payment}',
    action: 'payment.read',
    summary: '付款状态 One payment',
    params: z.object({ payment: id }),
    answer: payment,
    handle: ({ scope, reach, params }) => kit.app.read(scope, tx => readPayment(tx, reach, params.payment)),
  }),
  route({
    method: 'GET',
    path: '/bank-credits',
    action: 'credit.read',
    summary: '银行入账 What the bank says came in, and what nobody could allot',
    query: creditQuery,
    answer: creditPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listCredits(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/bank-credits/{credit}/allotment',
    action: 'credit.allot',
    summary: '人工认领 Allot money to the payment it was meant for',
    params: z.object({ credit: id }),
    body: allotment,
    answer: z.object({ id }),
    handle: ({ scope, principal, params, body, command: once }) =>
      command(kit.app, scope, { ...once, keepDays: 365 }, tx =>
        allotCredit(tx, kit, holderOf(principal), params.credit, body),
      ),
  }),
  route({
    // open to the world, because the message carries its own proof: the signature of a registered bank key
    method: 'POST',
    path: '/bank/messages',
    action: 'bank.message',
    summary: "银行回单 The bank's signed word: a fact of its own key",
    body: bankMessage,
    answer: bankAnswer,
    keyless: true,
    handle: ({ scope, body }) =>
      kit.app.write(scope, tx => receiveMessage(tx, kit, Buffer.from(body.entry, 'base64'))),
  }),
]
