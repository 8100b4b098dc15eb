import type { Writer } from '@silian/kernel/database/database.ts'
import { clerk, defineProcess, end, office, returned, task } from '@silian/kernel/process/define.ts'
import { textIn } from '@silian/kernel/process/values.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { matters } from './contract.ts'

const taskForce = office('task_force')

/**
 * 投诉: who bought says what is wrong with an order; its seller answers within 3 working days, the task force decides
 * within 7 where they are not content or the seller is silent. Money goes back by a claim, not by this.
 */
export const complaint = defineProcess({
  name: 'complaint',
  version: 1,
  form: {
    orderNumber: { kind: 'text', max: 40 },
    seller: { kind: 'organisation', types: ['cooperative', 'enterprise'] },
    matter: { kind: 'choice', of: matters },
    said: { kind: 'text', max: 500, format: 'long' },
    papers: { kind: 'files', most: 5, required: false },
  },
  title: form => textIn(form, 'orderNumber'),
  // it lies on the seller's desk, whoever opened it
  parties: { organisation: 'seller' },
  open: { permit: { buyer: 'own' }, guard: (tx, { form }) => isBuyers(tx, form) },
  read: { task_force: 'programme', auditor: 'programme' },
  start: 'answer',
  states: {
    answer: task({
      by: clerk('coop_clerk'),
      within: 3,
      late: { to: 'decide' },
      form: { answer: { kind: 'text', max: 500, format: 'long' } },
      outcomes: { answer: { to: 'answered' } },
    }),
    // content: they take it back, or say nothing
    answered: returned({ to: 'decide', within: 7, late: { to: 'settled' } }),
    decide: task({
      by: taskForce,
      within: 7,
      outcomes: { uphold: { to: 'upheld', note: true }, dismiss: { to: 'rejected', note: true } },
    }),
    settled: end(),
    upheld: end(),
    rejected: end(),
  },
})

/**
 * Whoever asks buys for the order's unit; or is a customer, whose own it is by the route they came. Refuses
 * `order.not_found`, also where the order has another seller.
 */
async function isBuyers(
  tx: Writer,
  form: Parameters<typeof textIn>[0],
): Promise<Result<null, 'order.not_found'>> {
  const rows = await tx.query(
    `select 1 from "order" o where o.programme_id = $1 and o.number = $2 and o.seller_id::text = $3
       and (o.buyer_kind = 'unit' and o.buyer_id in (
           select s.organisation_id from membership s
             join member m on m.programme_id = s.programme_id and m.id = s.member_id
            where s.programme_id = $1 and m.account_id = $4 and s.role = 'buyer'
              and s.valid_from <= $5 and (s.valid_to is null or s.valid_to > $5))
         or o.buyer_kind = 'citizen' and exists (
           select from customer c where c.programme_id = $1 and c.id::text = $4))`,
    [tx.programme, textIn(form, 'orderNumber'), textIn(form, 'seller'), tx.actor, tx.at],
    'complaint-order',
  )
  return rows.length > 0 ? ok(null) : refuse('order.not_found')
}
