import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { FIRST_ID, pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import type { Lot } from './contract.ts'

interface Row {
  readonly id: string
  readonly code: string
  readonly product_id: string
  readonly cooperative_id: string
  readonly harvested_on: string
  readonly quantity: number
  readonly available: number
  readonly households: number
}

const parties = { programme: 'l.programme_id', organisations: ['l.cooperative_id'], areaPath: 'p.area_path' }

export async function listLots(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number; product?: string | undefined },
): Promise<Page<Lot>> {
  const { sql, values } = reachPredicate(reach, parties, 4)
  const rows = await tx.query<Row>(
    `select l.*, coalesce(s.balance - s.held, 0) as available from (
       select l.*, 'stock/lot/' || l.id as stock from lot l
       join product p on p.programme_id = l.programme_id and p.id = l.product_id
       where l.id > $1 and ($2::uuid is null or l.product_id = $2) and ${sql} order by l.id limit $3) l
     left join ledger_account s on s.programme_id = l.programme_id and s.account = l.stock order by l.id`,
    [query.after ?? FIRST_ID, query.product ?? null, query.limit + 1, ...values],
  )
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => ({
      id: row.id,
      code: row.code,
      productId: row.product_id,
      cooperativeId: row.cooperative_id,
      harvestedOn: row.harvested_on,
      quantity: row.quantity,
      available: row.available,
      households: row.households,
    }),
  )
}
