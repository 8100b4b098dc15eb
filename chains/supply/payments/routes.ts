import { command } from '@silian/kernel/database/command.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { findSide } from '../orders/reads.ts'
import { bankAnswer, bankMessage, newPayment, payment } from './contract.ts'
import { readPayment } from './reads.ts'
import { openPayment, receiveCredit } from './service.ts'

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
        for (const order of body.orderIds) {
          const found = await findSide(tx, reach, order, 'buyer')
          if (!found.ok) return found
        }
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

/** Other capabilities hear of the bank's other words from the log; money that came in is allotted at once. */
async function receiveMessage(
  tx: Writer,
  kit: Kit,
  entry: Buffer,
): Promise<Result<z.infer<typeof bankAnswer>>> {
  const fact = await kit.recorder.recordSigned(tx, {
    entry,
    types: ['bank.credited', 'bank.paid_out'],
    subject: e => String(e.pub.batch ?? e.pub.reference ?? e.id),
  })
  // others have keys of their own too, and a good signature of a co-operative says nothing about money
  if (!(await isBankKey(tx, fact.entry.actor))) return refuse('fact.forged', { reason: 'holder' })
  if (fact.entry.type === 'bank.paid_out')
    return ok({ repeated: fact.repeated, outcome: 'paid_out' as const })
  if (fact.repeated) return repeatedCredit(tx, fact.id)
  const outcome = await receiveCredit(tx, kit, fact)
  return outcome.ok ? ok({ repeated: false, outcome: outcome.value }) : outcome
}

const isBankKey = async (tx: Writer, keyId: string): Promise<boolean> =>
  (
    await tx.query(
      `select 1 from signing_key k join organisation o on o.programme_id = k.programme_id and o.id::text = k.holder
       where k.programme_id = $1 and k.key_id = $2 and o.type = 'bank'`,
      [tx.programme, keyId],
      'bank-key',
    )
  ).length > 0

async function repeatedCredit(tx: Writer, factId: string): Promise<Result<z.infer<typeof bankAnswer>>> {
  const [row] = await tx.query<{ state: 'matched' | 'unmatched' | 'suspense' }>(
    'select state from bank_credit where programme_id = $1 and fact_id = $2',
    [tx.programme, factId],
  )
  return row ? ok({ repeated: true, outcome: row.state }) : refuse('payment.malformed')
}
