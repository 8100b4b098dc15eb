import { uuidArray } from '../database/array.ts'
import type { Reader } from '../database/database.ts'

/**
 * Row → the one that goes on in its place by now, for rows that were merged, however often. One that was split has no
 * heir: who has what of it must be said.
 */
export async function heirsOf(
  tx: Reader,
  register: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ of: string; heir: string }>(
    `with recursive line (of, heir, step) as (
       select u.id, u.id, 0 from unnest($3::uuid[]) u (id)
       union all
       select l.of, s.to_id, l.step + 1 from line l
       join register_succession s on s.programme_id = $1 and s.register = $2 and s.from_id = l.heir
       where not exists (select 1 from register_succession o
         where o.programme_id = $1 and o.register = $2 and o.from_id = l.heir and o.to_id <> s.to_id))
     select distinct on (of) of, heir from line where step > 0 order by of, step desc`,
    [tx.programme, register, uuidArray(ids)],
    'register-heirs',
  )
  return new Map(rows.map(row => [row.of, row.heir]))
}
