import { type Subscription, subscribe } from '@silian/kernel/fact/subscribe.ts'
import { dropTexts, keepTexts } from '@silian/kernel/register/search.ts'
import type { Named } from '@silian/kernel/search/find.ts'

/** What is on sale is found by everyone: by the product's name, its specification and its seller. */
export const offerNames: Named = {
  kind: 'offer',
  action: 'offer.browse',
  titles: `select o.id, p.name_zh, p.name_en, o.spec_zh || ' · ' || s.name_zh from offer o
    join product p on p.programme_id = o.programme_id and p.id = o.product_id
    join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id
    where o.programme_id = $1 and o.id = any($2) and o.state = 'listed'`,
}

interface Row {
  readonly id: string
  readonly state: 'listed' | 'withdrawn'
  readonly texts: string[]
  readonly area_path: string
  readonly seller_id: string
}

export const keepOfferNames: Subscription = subscribe({
  name: 'search.offer',
  types: ['offer.listed', 'offer.changed'],
  handle: async (tx, fact) => {
    const rows = await tx.query<Row>(
      `select o.id, o.state, array[p.name_zh, p.name_en, o.spec_zh, s.name_zh] as texts, p.area_path, o.seller_id
       from offer o join product p on p.programme_id = o.programme_id and p.id = o.product_id
       join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id
       where o.programme_id = $1 and o.id = $2`,
      [tx.programme, fact.subject],
      'search-offer',
    )
    const [row] = rows
    if (!row) return
    const { id, texts, area_path: areaPath, seller_id: seller } = row
    if (row.state === 'listed')
      await keepTexts(tx, 'offer', [{ id, texts, parties: { areaPath, organisationIds: [seller] } }])
    else await dropTexts(tx, 'offer', [id])
  },
})
