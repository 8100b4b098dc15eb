import type { Reader } from '../database/database.ts'
import { UUID } from '../ids/ids.ts'

export type Names = Record<string, { zh: string; en: string }>

/** What people call the areas and organisations among these codes and ids. */
export async function namesOf(tx: Reader, codes: Iterable<string>): Promise<Names> {
  const all = [...new Set(codes)]
  const areas = all.filter(code => /^\d{2,12}$/.test(code))
  const organisations = all.filter(code => UUID.test(code))
  if (areas.length + organisations.length === 0) return {}
  const rows = await tx.query<{ code: string; zh: string; en: string }>(
    `select code, name_zh as zh, name_en as en from area where code = any($2::text[])
     union all select id::text, name_zh, name_en from organisation where programme_id = $1 and id = any($3::uuid[])`,
    [tx.programme, areas, organisations],
    'metric-names',
  )
  return Object.fromEntries(rows.map(({ code, zh, en }) => [code, { zh, en }]))
}
