import { type Subscription, subscribe } from '@silian/kernel/fact/subscribe.ts'
import { keepTexts } from '@silian/kernel/register/search.ts'
import type { Named } from '@silian/kernel/search/find.ts'

/** Products are found by name, pinyin and key by those who may read them. */
export const productNames: Named = {
  kind: 'product',
  action: 'product.read',
  titles: `select p.id, p.name_zh, p.name_en, a.name_zh from product p join area a on a.code = p.county_code
    where p.programme_id = $1 and p.id = any($2)`,
}

interface Row {
  readonly id: string
  readonly name_zh: string
  readonly name_en: string
  readonly key: string
  readonly area_path: string
  readonly cooperative_id: string
}

export const keepProductNames: Subscription = subscribe({
  name: 'search.product',
  types: ['product.created', 'product.changed'],
  handle: async (tx, fact) => {
    const rows = await tx.query<Row>(
      `select id, name_zh, name_en, key, area_path, cooperative_id from product where programme_id = $1 and id = $2`,
      [tx.programme, fact.subject],
      'search-product',
    )
    await keepTexts(
      tx,
      'product',
      rows.map(row => ({
        id: row.id,
        texts: [row.name_zh, row.name_en, row.key],
        parties: { areaPath: row.area_path, organisationIds: [row.cooperative_id] },
      })),
    )
  },
})
