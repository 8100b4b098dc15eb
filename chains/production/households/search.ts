import { recordAccess } from '@silian/kernel/access/audit.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { normalIdentity } from '@silian/kernel/personal/blind-index.ts'
import type { Hit } from '@silian/kernel/search/contract.ts'
import type { Numbered } from '@silian/kernel/search/find.ts'
import type { Kit } from '../../kit.ts'

const parties = { programme: 'h.programme_id', areaPath: 'h.area_path' }

interface Row {
  readonly id: string
  readonly code: string
  readonly village: string
  readonly village_en: string
}

const select = `select h.id, h.code, a.name_zh as village, a.name_en as village_en from household h
  join area a on a.code = h.village_code`

const hitOf = ({ id, code, village }: Row): Hit => ({ id, titleZh: code, titleEn: code, note: village })

/** Households are found by the beginning of their code, where they may be read. */
export const householdCodes: Numbered = {
  kind: 'household',
  action: 'household.read',
  find: async (tx: Reader, reach: Reach, text: string, most: number) => {
    const begin = text.normalize('NFKC').toUpperCase()
    if (!/^[\dA-Z][\dA-Z._-]{2,}$/.test(begin)) return []
    const { sql, values } = reachPredicate(reach, parties, 4)
    const rows = await tx.query<Row>(
      `${select} where h.code collate "C" >= $1 and h.code collate "C" < $2 and ${sql}
       order by h.code collate "C" limit $3`,
      [begin, `${begin}~`, most, ...values],
    )
    return rows.map(hitOf)
  },
}

/**
 * The household of whoever has this identity number, within reach; at most one. That somebody was looked for, and why, is
 * kept in the same transaction, found or not: under the household, or under no one.
 */
export async function findByIdentity(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  { number, purpose, requestId }: { number: string; purpose: string; requestId: string },
): Promise<{ hits: Hit[] }> {
  const { sql, values } = reachPredicate(reach, parties, 2)
  const index = kit.vault.index(tx.programme, 'household_member.id_number', normalIdentity(number))
  const rows = await tx.query<Row>(
    `${select} join household_member m on m.programme_id = h.programme_id and m.household_id = h.id
     where m.id_number_index = $1 and ${sql}`,
    [index, ...values],
  )
  await recordAccess(tx, {
    action: 'household.find',
    subjectType: 'household',
    subjectIds: rows.length > 0 ? rows.map(({ id }) => id) : ['none'],
    fields: ['id_number'],
    purpose,
    requestId,
  })
  return { hits: rows.map(hitOf) }
}
