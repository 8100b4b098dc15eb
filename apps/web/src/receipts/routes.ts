import type { Receipts } from '@silian/kernel/log/receipt-contract.ts'
import { get } from '../api/route.ts'

/** Receipts of a case of any process. */
export const caseReceipts = get<{ answer: Receipts }>()(
  '/p/:programme/processes/:process/cases/:thing/receipts',
)
