import type { Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { dateOf, startOf } from '../time/shanghai.ts'
import { findableByName, type Organisation, organisationOf } from './organisations.ts'
import type { OrganisationRow } from './tables.ts'

/** `date` is the first day of the new state, default today, never later than today. */
export type Succession =
  | {
      readonly kind: 'rename'
      readonly id: string
      readonly nameZh: string
      readonly nameEn: string
      readonly date?: string
    }
  | {
      readonly kind: 'parent'
      readonly id: string
      readonly parentId: string | null
      /** Where it lies from then on; where it lay, if left out. */
      readonly areaCode?: string
      readonly date?: string
    }
  | { readonly kind: 'merge'; readonly ids: readonly string[]; readonly into: string; readonly date?: string }
  | { readonly kind: 'close'; readonly id: string; readonly date?: string }

export type SuccessionRefusal =
  | 'organisation.not_found'
  | 'organisation.ended'
  | 'organisation.cycle'
  | 'organisation.has_parts'
  | 'organisation.out_of_order'
  | 'area.not_found'

/** The programme's organisations, read under one lock: successions are rare, and two at once could tie a knot. */
type Tree = ReadonlyMap<string, OrganisationRow>

/**
 * Renames, moves, merges or closes an organisation and returns the one that goes on (or the closed one). A renamed or
 * moved one keeps its id, its former state is kept with its dates. A merged one ends with its successor named; its
 * roles, machines and parts pass over. Nothing is deleted.
 * Refuses `organisation.not_found`, `.ended`, `.cycle`, `.has_parts` {parts} for a close, and `.out_of_order` {date}
 * for a day before the present state began or after today; `area.not_found` {code} for an area unknown or replaced.
 */
export async function succeedOrganisation(
  tx: Writer,
  change: Succession,
): Promise<Result<Organisation, SuccessionRefusal>> {
  const rows = await tx.query<OrganisationRow>(
    'select * from organisation where programme_id = $1 order by id for no key update',
    [tx.programme],
  )
  const tree = new Map(rows.map(row => [row.id, row]))
  const date = change.date ?? dateOf(tx.at)
  const refused = await refusalOf(tx, tree, change, date)
  if (refused) return refused
  if (change.kind === 'rename') await renameOrganisation(tx, change, date)
  if (change.kind === 'parent') await moveOrganisations(tx, [change.id], change, date)
  if (change.kind === 'merge') await merge(tx, tree, change.ids, change.into, date)
  if (change.kind === 'close') await end(tx, [change.id], null, date)
  await findableByName(tx, change.kind === 'merge' ? [...change.ids, change.into] : [change.id])
  return ok(await reread(tx, change.kind === 'merge' ? change.into : change.id))
}

async function refusalOf(tx: Writer, tree: Tree, change: Succession, date: string) {
  const subjects = change.kind === 'merge' ? change.ids : [change.id]
  const target = change.kind === 'merge' ? change.into : change.kind === 'parent' ? change.parentId : null
  for (const id of target === null ? subjects : [...subjects, target]) {
    const row = tree.get(id)
    if (!row) return refuse('organisation.not_found', { id })
    if (row.valid_to !== null) return refuse('organisation.ended', { id })
  }
  if (subjects.length === 0) return refuse('organisation.not_found', { id: '' })
  const knot = subjects.find(id => target !== null && lineOf(tree, target).includes(id))
  if (knot) return refuse('organisation.cycle', { id: knot })
  const parts = [...tree.values()].filter(row => row.parent_id === subjects[0] && row.valid_to === null)
  if (change.kind === 'close' && parts.length > 0)
    return refuse('organisation.has_parts', { id: change.id, parts: parts.length })
  if (date > dateOf(tx.at) || (await latestChange(tx, subjects)) > date)
    return refuse('organisation.out_of_order', { date })
  if (change.kind === 'parent' && change.areaCode && !(await standingArea(tx, change.areaCode)))
    return refuse('area.not_found', { code: change.areaCode })
  return undefined
}

const standingArea = async (tx: Writer, code: string): Promise<boolean> =>
  (await tx.query('select 1 from area where code = $1 and replaced_by is null', [code])).length > 0

/** An organisation and those above it. */
function lineOf(tree: Tree, id: string): string[] {
  const line: string[] = []
  for (let at: string | null = id; at !== null; at = tree.get(at)?.parent_id ?? null) line.push(at)
  return line
}

async function latestChange(tx: Writer, ids: readonly string[]): Promise<string> {
  const [row] = await tx.query<{ latest: string }>(
    `select max(day)::text as latest from (
       select valid_from as day from organisation where programme_id = $1 and id = any($2::uuid[])
       union all
       select valid_to from organisation_past where programme_id = $1 and organisation_id = any($2::uuid[])) d`,
    [tx.programme, ids],
  )
  return row!.latest
}

async function renameOrganisation(
  tx: Writer,
  { id, nameZh, nameEn }: Extract<Succession, { kind: 'rename' }>,
  date: string,
): Promise<void> {
  await keepPast(tx, [id], date)
  await tx.query(
    'update organisation set name_zh = $3, name_en = $4, recorded_at = $5 where programme_id = $1 and id = $2',
    [tx.programme, id, nameZh, nameEn, tx.at],
  )
}

async function moveOrganisations(
  tx: Writer,
  ids: readonly string[],
  { parentId, areaCode }: { parentId: string | null; areaCode?: string },
  date: string,
): Promise<void> {
  await keepPast(tx, ids, date)
  await tx.query(
    `update organisation set parent_id = $3, recorded_at = $4, area_code = coalesce($5, area_code)
      where programme_id = $1 and id = any($2::uuid[])`,
    [tx.programme, ids, parentId, tx.at, areaCode ?? null],
  )
}

/** The present state becomes a dated row of the past; it began with the last change, or with the organisation. */
async function keepPast(tx: Writer, ids: readonly string[], date: string): Promise<void> {
  await tx.query(
    `insert into organisation_past (programme_id, organisation_id, valid_from, valid_to, name_zh, name_en, parent_id,
       area_code, recorded_at, id)
     select o.programme_id, o.id, coalesce(max(p.valid_to), o.valid_from), greatest($3::date, max(p.valid_to), o.valid_from),
            o.name_zh, o.name_en, o.parent_id, o.area_code, $4, k.id
       from unnest($2::uuid[], $5::uuid[]) k (organisation_id, id)
       join organisation o on o.programme_id = $1 and o.id = k.organisation_id
       left join organisation_past p on p.programme_id = $1 and p.organisation_id = o.id
      group by o.programme_id, o.id, k.id`,
    [tx.programme, ids, date, tx.at, ids.map(() => newId(tx.at.getTime()))],
  )
}

async function merge(
  tx: Writer,
  tree: Tree,
  ids: readonly string[],
  into: string,
  date: string,
): Promise<void> {
  const parts = [...tree.values()].filter(
    row =>
      row.parent_id !== null && ids.includes(row.parent_id) && row.valid_to === null && !ids.includes(row.id),
  )
  if (parts.length > 0)
    await moveOrganisations(
      tx,
      parts.map(row => row.id),
      { parentId: into },
      date,
    )
  await passMemberships(tx, ids, into, startOf(date))
  await tx.query(
    `update api_client set organisation_id = $3
      where programme_id = $1 and organisation_id = any($2::uuid[]) and revoked_at is null`,
    [tx.programme, ids, into],
  )
  await end(tx, ids, into, date)
}

async function passMemberships(tx: Writer, ids: readonly string[], into: string, from: Date): Promise<void> {
  const open = await tx.query<{ id: string }>(
    `select id from membership where programme_id = $1 and organisation_id = any($2::uuid[])
        and (valid_to is null or valid_to > greatest(valid_from, $3)) order by id`,
    [tx.programme, ids, from],
  )
  await tx.query(
    `insert into membership (programme_id, id, member_id, role, organisation_id, area_code, valid_from, valid_to, granted_by)
     select m.programme_id, k.new_id, m.member_id, m.role, $3, m.area_code, greatest(m.valid_from, $4), m.valid_to, $5
       from unnest($2::uuid[], $6::uuid[]) k (old_id, new_id)
       join membership m on m.programme_id = $1 and m.id = k.old_id
     on conflict do nothing`,
    [tx.programme, open.map(row => row.id), into, from, tx.actor, open.map(() => newId(tx.at.getTime()))],
  )
}

/** From the date on the organisation and the roles held in it are no more. */
async function end(
  tx: Writer,
  ids: readonly string[],
  successor: string | null,
  date: string,
): Promise<void> {
  await tx.query(
    `update membership set valid_to = greatest(valid_from, $3)
      where programme_id = $1 and organisation_id = any($2::uuid[]) and (valid_to is null or valid_to > $3)`,
    [tx.programme, ids, startOf(date)],
  )
  await tx.query(
    `update organisation set valid_to = $3, successor_id = $4, recorded_at = $5
      where programme_id = $1 and id = any($2::uuid[])`,
    [tx.programme, ids, date, successor, tx.at],
  )
}

async function reread(tx: Writer, id: string): Promise<Organisation> {
  const [row] = await tx.query<OrganisationRow>(
    'select * from organisation where programme_id = $1 and id = $2',
    [tx.programme, id],
  )
  return organisationOf(row!)
}
