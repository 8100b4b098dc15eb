import { organisationOf } from '@silian/kernel/access/organisations.ts'
import type { OrganisationRow } from '@silian/kernel/access/tables.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { MOST_FOUND, searchFor } from '@silian/kernel/register/search.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { z } from 'zod'
import type { area, organisation } from './contract.ts'

/** Areas in force directly below one, or the provinces. */
export async function listAreas(tx: Reader, parent: string | undefined): Promise<z.infer<typeof area>[]> {
  const rows = await tx.query<{
    code: string
    name_zh: string
    name_en: string
    level: string
    parent_code: string | null
  }>(
    'select code, name_zh, name_en, level, parent_code from area where parent_code is not distinct from $1 and valid_to is null order by code limit 1000',
    [parent ?? null],
  )
  return rows.map(row => ({
    code: row.code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    level: row.level,
    parentCode: row.parent_code,
  }))
}

/** Organisations in force by their keys, of some types, found by part of a name, its pinyin or initials. */
export async function listOrganisations(
  tx: Reader,
  query: {
    after?: string | undefined
    limit: number
    type?: readonly string[] | undefined
    q?: string | undefined
  },
): Promise<Page<z.infer<typeof organisation>>> {
  const text = query.q?.trim() ?? ''
  const sought = text === '' ? undefined : searchFor(tx.programme, 'organisation', text)
  if (text !== '' && !sought) return { items: [], next: null }
  const named = `and id in (select register_found('organisation', $6::int[], $7::text[], true, '{}', '{}', ${MOST_FOUND}))`
  const rows = await tx.query<OrganisationRow>(
    `select * from organisation where programme_id = $1 and key > $2 and ($3::text[] is null or type = any($3))
       and valid_from <= $4 and (valid_to is null or valid_to > $4) ${sought ? named : ''} order by key limit $5`,
    [
      ...[tx.programme, query.after ?? '', query.type ?? null, dateOf(tx.at), query.limit + 1],
      ...(sought ? [sought.pieces, sought.words] : []),
    ],
  )
  return pageFrom(
    rows,
    query.limit,
    row => row.key,
    row => {
      const { id, key, nameZh, nameEn, type, areaCode, invented } = organisationOf(row)
      return { id, key, nameZh, nameEn, type, areaCode, invented }
    },
  )
}
