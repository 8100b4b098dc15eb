import type { Countersignable } from '@silian/kernel/signing/countersign.ts'

/** 验收反签: the buyer's own key says that it accepted the goods. */
export const acceptedOrder: Countersignable = {
  type: 'order.accepted',
  roles: ['canteen_acceptor'],
  parties: async (tx, { subject }) => {
    const rows = await tx.query<{ buyer_id: string }>(
      'select buyer_id from "order" where programme_id = $1 and id = $2',
      [tx.programme, subject],
    )
    return { organisationIds: rows.map(row => row.buyer_id) }
  },
}
