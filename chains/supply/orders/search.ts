import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Hit } from '@silian/kernel/search/contract.ts'
import type { Numbered } from '@silian/kernel/search/find.ts'

const parties = {
  programme: 'o.programme_id',
  organisations: ['o.buyer_id', 'o.seller_id'],
  areaPath: 'd.area_path',
}

interface Row {
  readonly id: string
  readonly number: string
  readonly buyer: string
  readonly seller: string
}

/** Orders are found by the beginning of their number, by both sides and the offices. */
export const orderNumbers: Numbered = {
  kind: 'order',
  action: 'order.read',
  find: async (tx, reach, text, most): Promise<Hit[]> => {
    const begin = text.normalize('NFKC').toUpperCase()
    if (!/^\d{4}[\dA-Z-]*$/.test(begin)) return []
    const { sql, values } = reachPredicate(reach, parties, 4)
    const rows = await tx.query<Row>(
      `select o.id, o.number, coalesce(b.name_zh, '') as buyer, s.name_zh as seller from "order" o
       left join declaration d on d.programme_id = o.programme_id and d.id = o.declaration_id
       left join organisation b on b.programme_id = o.programme_id and b.id = o.buyer_id
       join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id
       where o.number collate "C" >= $1 and o.number collate "C" < $2 and ${sql}
       order by o.number collate "C" desc limit $3`,
      [begin, `${begin}~`, most, ...values],
    )
    return rows.map(({ id, number, buyer, seller }) => ({
      id,
      titleZh: number,
      titleEn: number,
      note: [buyer, seller].filter(Boolean).join(' · '),
    }))
  },
}
