import { factsOf } from '@silian/kernel/fact/read.ts'
import type { ReceiptSource } from '@silian/kernel/log/receipt-routes.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { isVisible } from './reads.ts'

/** What the log says of an order. What households get of it is hidden here: each is shown its own with its payout. */
export const orderReceipts: ReceiptSource = {
  ...{ path: '/orders', thing: 'order', action: 'order.read' },
  summary: '订单回执 Receipts of an order, fact by fact',
  facts: async (tx, { reach, id }) => {
    if (!(await isVisible(tx, reach, id))) return refuse('order.not_found')
    const facts = await factsOf(tx, id)
    return ok(facts.map(fact => ({ fact: fact.id, mayOpen: () => fact.type === 'order.evaluated' })))
  },
}
