import type { Writer } from '@silian/kernel/database/database.ts'
import { defineJob } from '@silian/kernel/jobs/define.ts'
import { enqueueMany } from '@silian/kernel/jobs/enqueue.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { askRefund } from './refund-ask.ts'
import type { RefundSource } from './refund-contract.ts'

const payload = z.object({ refund: z.uuid() })

/** Asks a provider for a refund, until it says something. */
export const refundJob = {
  ...defineJob<Kit, typeof payload>({
    ...{ name: 'refund.ask', payload, attempts: 20 },
    run: ({ kit, scope }, { refund }) => askRefund(kit, scope, refund),
  }),
  visible: false as const,
}

/** Once the transaction is committed, the providers among the sources are asked. */
export const askLater = (
  tx: Writer,
  parts: readonly { readonly id: string; readonly source: RefundSource }[],
): Promise<void> =>
  enqueueMany(
    tx,
    refundJob,
    parts.flatMap(({ id, source }) => (source === 'wechat' || source === 'alipay' ? [{ refund: id }] : [])),
    // one waits of each refund, however long its provider is down
    ({ refund }) => refund,
  )
