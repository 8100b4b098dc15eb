import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { PROVIDER_SUSPENSE, provider, returning } from './accounts.ts'
import type { ProviderName } from './providers/provider.ts'
import { orderRefund } from './refund.ts'
import { refundDone } from './refund-ask.ts'
import { askLater } from './refund-job.ts'
import { leafOf } from './service.ts'
import { listOtherSum } from './statements.ts'
import type { ProviderReceiptTable, RefundRow } from './tables.ts'

/** The provider's word for a refund that it will not do under this number; nothing of it has gone back. */
const CLOSED = 'CLOSED'

interface Unfit {
  readonly provider: ProviderName
  readonly reference: string
  /** What the provider itself has of it: of anything else it would give back nothing. */
  readonly fen: number
}

/**
 * A person sends money back that fits no payment: what its provider has of it. Where a notice told of another sum, that
 * much never came; the difference is listed for a person. Refuses `receipt.not_found`, `receipt.not_waiting`.
 */
export async function sendBack(
  tx: Writer,
  kit: Kit,
  { provider: name, reference, fen }: Unfit,
): Promise<Result<{ id: string }, 'receipt.not_found' | 'receipt.not_waiting'>> {
  const [row] = await tx.query<ProviderReceiptTable>(
    `select * from provider_receipt where programme_id = $1 and provider = $2 and reference = $3 for update`,
    [tx.programme, name, reference],
  )
  if (!row) return refuse('receipt.not_found')
  if (row.state !== 'suspense') return refuse('receipt.not_waiting')
  const id = await orderRefund(tx, kit, {
    ...{ paymentId: row.payment_id, source: name, fen, reason: 'unfit' },
    leaf: await leafOf(tx, row.fact_id),
  })
  await postAll(tx, [
    {
      ...{ id: idFrom('entry', 'unfit', id), kind: 'refund.ordered', subject: row.payment_id },
      postings: [
        { account: PROVIDER_SUSPENSE, amount: -row.amount_fen },
        { account: returning(name), amount: fen },
        ...(fen === row.amount_fen ? [] : [{ account: provider(name), amount: row.amount_fen - fen }]),
      ],
    },
  ])
  if (fen !== row.amount_fen) await listOtherSum(tx, row, fen)
  await tx.query(
    `update provider_receipt set state = 'returning' where programme_id = $1 and provider = $2 and reference = $3`,
    [tx.programme, name, reference],
  )
  return ok({ id })
}

/**
 * A person decides of a refund that no provider does by itself: the bank paid it, to whoever its payer is by the
 * provider's own record, or the provider is to be asked again, under a number of its own where it closed the first.
 * Refuses `refund.not_found`, `refund.not_waiting`.
 */
export async function decideRefund(
  tx: Writer,
  kit: Kit,
  id: string,
  decision: { outcome: 'done'; reference: string } | { outcome: 'again' },
): Promise<Result<{ id: string }, 'refund.not_found' | 'refund.not_waiting'>> {
  const [row] = await tx.query<RefundRow>(
    'select * from refund where programme_id = $1 and id = $2 for update',
    [tx.programme, id],
  )
  if (!row) return refuse('refund.not_found')
  const isBanks = row.source === 'budget' || row.source === 'bank'
  const mayDecide = isBanks ? decision.outcome === 'done' && row.state === 'ordered' : row.state === 'failed'
  if (!mayDecide) return refuse('refund.not_waiting', { state: row.state })
  if (decision.outcome === 'done') {
    await refundDone(tx, kit, id, { reference: decision.reference })
    return ok({ id })
  }
  await tx.query(
    `update refund set state = 'asked', failure = null, provider_no = coalesce($3, provider_no),
       provider_nos = array_cat(provider_nos, array_remove(array[$3::uuid], null)) where programme_id = $1 and id = $2`,
    [tx.programme, id, row.failure === CLOSED ? newId(tx.at.getTime()) : null],
  )
  await askLater(tx, [{ id, source: row.source }])
  return ok({ id })
}
