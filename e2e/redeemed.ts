import type { Writer } from '@silian/kernel/database/database.ts'
import type { Recorded } from '@silian/kernel/fact/record.ts'
import type { Whole } from '@silian/server/compose.ts'

export interface Redemption {
  readonly voucher: string
  readonly batch: string
  readonly issuer: 'district' | 'union'
  readonly lines: readonly {
    readonly county: string
    readonly scope: 'counties832' | 'cities11' | 'other'
    readonly voucherFen: bigint
    readonly purchaseFen: bigint
  }[]
}

/** What a voucher's service will say when there is one (see `chains/supply/vouchers/metrics.ts`); the seller signs. */
export const redeem = (
  tx: Writer,
  { recorder }: Whole,
  seller: string,
  { voucher, batch, issuer, lines }: Redemption,
): Promise<Recorded> =>
  recorder.record(tx, {
    ...{ type: 'voucher.redeemed', subject: voucher, holder: seller },
    pub: { voucher, batch, issuer, lines: lines.map(line => ({ ...line })) },
  })
