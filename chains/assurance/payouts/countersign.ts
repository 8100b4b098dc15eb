import type { Countersignable } from '@silian/kernel/signing/countersign.ts'

/** 到账反签: the village's own key says that a household has its money. */
export const confirmedPayout: Countersignable = {
  type: 'payout.confirmed',
  roles: ['village_cadre'],
  parties: async (tx, { pub }) => {
    const [row] = await tx.query<{ area_path: string }>(
      'select area_path from payout_item where programme_id = $1 and id = $2',
      [tx.programme, pub.item],
    )
    return { areaPath: row?.area_path ?? null }
  },
}
