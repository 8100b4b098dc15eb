import type { Reader } from '@silian/kernel/database/database.ts'
import { activeLinks } from '../../production/links/reads.ts'
import type { Dividend, Source } from '../../production/links/rules.ts'

/** All that decides how a sale out of a lot is split, and to which household each link leads. */
export interface SaleTerms {
  readonly ownQuantity: number
  readonly sources: readonly Source[]
  readonly dividends: readonly Dividend[]
  readonly householdOf: ReadonlyMap<string, string>
  /** Distinct households that a sale reaches. */
  readonly households: number
}

export async function saleTerms(
  tx: Reader,
  { lotId, cooperativeId, on }: { lotId: string; cooperativeId: string; on: string },
): Promise<SaleTerms> {
  const [lot] = await tx.query<{ own_quantity: number }>(
    'select own_quantity from lot where programme_id = $1 and id = $2',
    [tx.programme, lotId],
    'terms-lot',
  )
  const rows = await tx.query<{
    link_id: string
    household_id: string
    quantity: number
    price_fen: number
    price_per: number
  }>(
    'select link_id, household_id, quantity, price_fen, price_per from lot_source where programme_id = $1 and lot_id = $2 order by link_id',
    [tx.programme, lotId],
    'terms-sources',
  )
  const shares = (await activeLinks(tx, { cooperativeId, mechanism: 'share_dividend', on })).flatMap(link =>
    link.formula.mechanism === 'share_dividend'
      ? [{ linkId: link.id, householdId: link.householdId, formula: link.formula }]
      : [],
  )
  const householdOf = new Map([
    ...rows.map(row => [row.link_id, row.household_id] as const),
    ...shares.map(s => [s.linkId, s.householdId] as const),
  ])
  return {
    ownQuantity: lot?.own_quantity ?? 0,
    sources: rows.map(row => ({
      linkId: row.link_id,
      quantity: row.quantity,
      price: { fen: row.price_fen, per: row.price_per },
    })),
    dividends: shares,
    householdOf,
    households: new Set(householdOf.values()).size,
  }
}
