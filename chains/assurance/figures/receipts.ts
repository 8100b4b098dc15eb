import { factById } from '@silian/kernel/fact/read.ts'
import type { ReceiptSource } from '@silian/kernel/log/receipt-routes.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'

/** A published figure is everyone's, and so is its receipt. It is named by the fact that published it. */
export const figureReceipts: ReceiptSource = {
  ...{ path: '/figures', thing: 'figure', action: 'figure.read' },
  summary: '公布数字回执 The receipt of a published figure',
  facts: async (tx, { id }) => {
    const fact = await factById(tx, id)
    return fact?.type === 'figure.published' ? ok([{ fact: id }]) : refuse('fact.not_found')
  },
}
