import type { Reader } from '@silian/kernel/database/database.ts'

/** What lines of orders are called, by `order no`. */
export async function lineNames(
  tx: Reader,
  orderIds: readonly string[],
): Promise<Map<string, { readonly nameZh: string; readonly nameEn: string }>> {
  const rows = await tx.query<{ order_id: string; no: number; name_zh: string; name_en: string }>(
    `select l.order_id, l.no, p.name_zh, p.name_en from order_line l
     join product p on p.programme_id = l.programme_id and p.id = l.product_id
     where l.programme_id = $1 and l.order_id = any($2::uuid[])`,
    [tx.programme, orderIds],
    'order-line-names',
  )
  return new Map(rows.map(row => [`${row.order_id} ${row.no}`, { nameZh: row.name_zh, nameEn: row.name_en }]))
}
