import type { Reader } from '../database/database.ts'

/** Who goes on for an organisation by now: itself, or what it was merged into, however often. */
export async function heirOf(tx: Reader, organisation: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `with recursive line (id, step) as (
       select $2::uuid, 0
       union all
       select o.successor_id, l.step + 1 from line l
       join organisation o on o.programme_id = $1 and o.id = l.id and o.successor_id is not null)
     select id from line order by step desc limit 1`,
    [tx.programme, organisation],
    'organisation-heir',
  )
  return row!.id
}
