import type { Reader } from '../database/database.ts'
import { pageFrom } from '../http/paging.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import type { OrganisationDetail, TreePage, TreeRow } from './administration-contract.ts'
import type { OrganisationType } from './organisation-types.ts'

interface Row {
  readonly id: string
  readonly key: string
  readonly type: OrganisationType
  readonly name_zh: string
  readonly name_en: string
  readonly parent_id: string | null
  readonly area_code: string
  readonly now_name_zh: string
  readonly now_name_en: string
  readonly now_parent_id: string | null
  readonly now_area_code: string
  readonly valid_from: string
  readonly valid_to: string | null
  readonly successor_id: string | null
  readonly successor_zh: string | null
  readonly successor_en: string | null
  readonly parent_zh: string | null
  readonly parent_en: string | null
  readonly area_zh: string
  readonly area_en: string
  readonly invented: boolean
  readonly parts: number
}

/**
 * `$1` programme, `$2` the day. Each organisation in the state it had on the day; of those that had ended by then, or had
 * not begun, the state they have now.
 */
const states = `
  with o as (
    select o.id, o.key, o.type, o.valid_from, o.valid_to, o.successor_id, o.invented,
      coalesce(p.name_zh, o.name_zh) as name_zh, coalesce(p.name_en, o.name_en) as name_en,
      case when p.id is null then o.parent_id else p.parent_id end as parent_id,
      coalesce(p.area_code, o.area_code) as area_code,
      o.name_zh as now_name_zh, o.name_en as now_name_en, o.parent_id as now_parent_id, o.area_code as now_area_code,
      o.valid_from <= $2 and (o.valid_to is null or o.valid_to > $2) as stands
    from organisation o left join organisation_past p on p.programme_id = o.programme_id and p.organisation_id = o.id
      and p.valid_from <= $2 and p.valid_to > $2
    where o.programme_id = $1),
  parts as (select parent_id, count(*)::int as n from o where stands group by parent_id)
  select o.*, s.name_zh as successor_zh, s.name_en as successor_en, u.name_zh as parent_zh, u.name_en as parent_en,
    a.name_zh as area_zh, a.name_en as area_en, coalesce(parts.n, 0) as parts
  from o join area a on a.code = o.area_code
  left join o u on u.id = o.parent_id
  left join o s on s.id = o.successor_id
  left join parts on parts.parent_id = o.id`

export interface TreeQuery {
  readonly parent?: string | undefined
  readonly area?: string | undefined
  readonly type?: OrganisationType | undefined
  readonly at?: string | undefined
  readonly ended?: 'true' | 'false' | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** One page of organisations by key, as they were on a day or are now. One statement. */
export async function listTree(tx: Reader, query: TreeQuery): Promise<TreePage> {
  const at = query.at ?? dateOf(tx.at)
  const rows = await tx.query<Row>(
    `${states} where o.key > $3 and case when $8 then o.valid_to <= $2 else o.stands end
       and ($8 or $4::text is null or coalesce(o.parent_id::text, 'none') = $4)
       and ($5::text is null or exists (select from area w where w.code = $5 and (a.path = w.path or starts_with(a.path, w.path || '/'))))
       and ($6::text is null or o.type = $6) order by o.key limit $7`,
    [
      tx.programme,
      at,
      query.after ?? '',
      query.parent ?? null,
      query.area ?? null,
      query.type ?? null,
      query.limit + 1,
      query.ended === 'true',
    ],
  )
  const view = query.at === undefined ? 'now' : 'was'
  return { ...pageFrom(rows, query.limit, row => row.key, treeRowOf), view, at }
}

function treeRowOf(row: Row): TreeRow {
  const differs =
    row.name_zh !== row.now_name_zh ||
    row.name_en !== row.now_name_en ||
    row.parent_id !== row.now_parent_id ||
    row.area_code !== row.now_area_code
  const now = {
    nameZh: row.now_name_zh,
    nameEn: row.now_name_en,
    parentId: row.now_parent_id,
    areaCode: row.now_area_code,
  }
  return {
    id: row.id,
    key: row.key,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    type: row.type,
    areaCode: row.area_code,
    areaName: { nameZh: row.area_zh, nameEn: row.area_en },
    parent: one(row.parent_id, row.parent_zh, row.parent_en),
    validFrom: row.valid_from,
    validTo: row.valid_to,
    successor: one(row.successor_id, row.successor_zh, row.successor_en),
    invented: row.invented,
    parts: row.parts,
    now: differs ? now : null,
  }
}

const one = (id: string | null, nameZh: string | null, nameEn: string | null) =>
  id === null ? null : { id, nameZh: nameZh ?? '', nameEn: nameEn ?? '' }

interface PastRow {
  readonly name_zh: string
  readonly name_en: string
  readonly parent_zh: string | null
  readonly parent_en: string | null
  readonly area_code: string
  readonly valid_from: string
  readonly valid_to: string
}

/** One organisation with its history. Three statements. Refuses `organisation.not_found`. */
export async function readOrganisation(
  tx: Reader,
  id: string,
): Promise<Result<OrganisationDetail, 'organisation.not_found'>> {
  const [row] = await tx.query<Row>(`${states} where o.id = $3`, [tx.programme, dateOf(tx.at), id])
  if (!row) return refuse('organisation.not_found', { id })
  const past = await tx.query<PastRow>(
    `select p.name_zh, p.name_en, u.name_zh as parent_zh, u.name_en as parent_en,
       coalesce(p.area_code, o.area_code) as area_code, p.valid_from, p.valid_to
     from organisation_past p
     join organisation o on o.programme_id = p.programme_id and o.id = p.organisation_id
     left join organisation u on u.programme_id = p.programme_id and u.id = p.parent_id
     where p.programme_id = $1 and p.organisation_id = $2 order by p.valid_to desc, p.id desc`,
    [tx.programme, id],
  )
  const predecessors = await tx.query<{ id: string; name_zh: string; name_en: string; valid_to: string }>(
    `select id, name_zh, name_en, valid_to from organisation where programme_id = $1 and successor_id = $2
     order by valid_to desc, key`,
    [tx.programme, id],
  )
  return ok({
    ...treeRowOf(row),
    past: past.map(state => ({
      nameZh: state.name_zh,
      nameEn: state.name_en,
      parent: state.parent_zh === null ? null : { nameZh: state.parent_zh, nameEn: state.parent_en ?? '' },
      areaCode: state.area_code,
      from: state.valid_from,
      to: state.valid_to,
    })),
    predecessors: predecessors.map(each => ({
      id: each.id,
      nameZh: each.name_zh,
      nameEn: each.name_en,
      on: each.valid_to,
    })),
  })
}
