import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { lockCase } from '@silian/kernel/process/case.ts'
import type { Actor } from '@silian/kernel/process/desk.ts'
import { move } from '@silian/kernel/process/move.ts'
import { sealNote } from '@silian/kernel/process/note.ts'
import { openCase } from '@silian/kernel/process/open.ts'
import { type CaseKit, processesOf } from '@silian/kernel/process/registry.ts'
import { withdraw } from '@silian/kernel/process/withdraw.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { lockOrder, type OrderRow, wordOf } from '../orders/row.ts'
import { complaint } from './complaint.process.ts'
import type { complaintReply, newComplaint } from './contract.ts'
import { openComplaint } from './reads.ts'
import { isComplainable } from './rules.ts'

const caseKit = (kit: Kit): CaseKit => ({ ...kit, processes: processesOf([complaint]) })

/** A customer has no roles and no desk: what they do to their complaint they do by their order. */
const customerOf = (order: OrderRow): Actor => ({
  ...{ account: order.buyer_id, memberId: null, holder: wordOf(order), roles: [], standsFor: [] },
})

/**
 * A customer complains of an order of theirs, one at a time. Refuses `order.wrong_state` {state} before it is paid,
 * `complaint.open_already`, and what `openCase` does.
 */
export async function complain(
  tx: Writer,
  kit: Kit,
  orderId: string,
  { id, matter, said }: z.output<typeof newComplaint>,
): Promise<Result<{ id: string }>> {
  const order = await lockOrder(tx, orderId)
  if (!isComplainable(order)) return refuse('order.wrong_state', { state: order.state })
  if (await openComplaint(tx, order.number)) return refuse('complaint.open_already')
  const form = { orderNumber: order.number, seller: order.seller_id, matter, said }
  const reach = everythingOf(tx.programme)
  return openCase(tx, caseKit(kit), customerOf(order), reach, complaint.name, { id, form })
}

/**
 * A customer is content with the seller's answer, or has the office decide. Refuses `complaint.not_found` where none is
 * open, `complaint.wrong_state` {state} where no answer waits for them.
 */
export async function replyTo(
  tx: Writer,
  kit: Kit,
  orderId: string,
  reply: z.output<typeof complaintReply>,
): Promise<Result<{ id: string }>> {
  const order = await lockOrder(tx, orderId)
  const id = await openComplaint(tx, order.number)
  const row = id && (await lockCase(tx, id))
  if (!row) return refuse('complaint.not_found')
  if (row.state !== 'answered') return refuse('complaint.wrong_state', { state: row.state })
  const [kitOfCase, actor] = [caseKit(kit), customerOf(order)]
  if (reply.content) return withdraw(tx, kitOfCase, actor, row.id)
  const note = await sealNote(tx, kit.vault, row.id, reply.reason)
  await move(tx, kitOfCase, row, 'decide', { actor, outcome: 'resubmit', note })
  return ok({ id: row.id })
}
