import { recordAccess } from '../access/audit.ts'
import type { Reach } from '../access/permit.ts'
import { reachPredicate } from '../access/reach.ts'
import type { Reader, Writer } from '../database/database.ts'
import { FIRST_ID, pageFrom } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import type { RegisterKit } from '../register/kit.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import { type Erasure, type RetainedShown, receipt } from './contract.ts'
import { attachedTo } from './files.ts'
import { columnOf, keyOf } from './term.ts'

interface Row {
  readonly id: string
  readonly register: string
  readonly row_id: string
  readonly case_id: string | null
  readonly area_name: string | null
  readonly state: Erasure['state']
  readonly asked_at: Date
  readonly carried_at: Date | null
  readonly done_at: Date | null
  readonly fact_id: string | null
  readonly receipt: unknown
}

export interface ErasureFilter {
  readonly after?: string | undefined
  readonly limit: number
  readonly id?: string | undefined
  readonly row?: string | undefined
  readonly state?: Erasure['state'] | undefined
}

/** Erasures within reach by their ids: what was destroyed and what stays, never whose it was. */
export async function listErasures(tx: Reader, reach: Reach, filter: ErasureFilter): Promise<Page<Erasure>> {
  const { sql, values } = reachPredicate(reach, { programme: 'e.programme_id', areaPath: 'e.area_path' }, 6)
  const rows = await tx.query<Row>(
    `select e.id, e.register, e.row_id, e.case_id, e.state, e.asked_at, e.carried_at, e.done_at, e.receipt,
       a.name_zh as area_name, (select f.id from fact f where f.programme_id = e.programme_id
         and f.subject = e.id::text and f.type = 'erasure.carried' limit 1) as fact_id
     from erasure e left join area a on a.path = e.area_path
     where e.id > $1 and ($2::uuid is null or e.id = $2) and ($3::uuid is null or e.row_id = $3)
       and ($4::text is null or e.state = $4) and ${sql} order by e.id limit $5`,
    [
      ...[filter.after ?? FIRST_ID, filter.id ?? null, filter.row ?? null, filter.state ?? null],
      ...[filter.limit + 1, ...values],
    ],
  )
  return pageFrom(rows, filter.limit, row => row.id, erasureOf)
}

const erasureOf = (row: Row): Erasure => ({
  ...{ id: row.id, register: row.register, rowId: row.row_id, caseId: row.case_id, state: row.state },
  ...{ areaName: row.area_name ?? '', askedAt: row.asked_at.toISOString(), factId: row.fact_id },
  ...{ carriedAt: row.carried_at?.toISOString() ?? null, doneAt: row.done_at?.toISOString() ?? null },
  receipt: receipt.parse(row.receipt),
})

/** Refuses `erasure.not_found`, also for one out of reach. */
export async function readErasure(
  tx: Reader,
  reach: Reach,
  id: string,
): Promise<Result<Erasure, 'erasure.not_found'>> {
  const { items } = await listErasures(tx, reach, { id, limit: 1 })
  return items[0] ? ok(items[0]) : refuse('erasure.not_found')
}

export interface Look {
  readonly class: string
  readonly purpose: string
  readonly requestId: string
}

/**
 * What one class holds of an erasure, in clear, for that class's purpose alone; the look is on record with it. Refuses
 * `erasure.not_found`, and `erasure.not_held` {class} for what no class holds, or holds no more.
 */
export async function showRetained(
  tx: Writer,
  kit: RegisterKit,
  reach: Reach,
  id: string,
  { class: name, purpose, requestId }: Look,
): Promise<Result<RetainedShown, 'erasure.not_found' | 'erasure.not_held'>> {
  const found = await readErasure(tx, reach, id)
  if (!found.ok) return found
  const rows = await tx.query<{ field: string; sealed: Buffer; until: string }>(
    `select field, sealed, until from retained
      where programme_id = $1 and erasure_id = $2 and class = $3 and until > $4::date order by field`,
    [tx.programme, id, name, dateOf(tx.at)],
  )
  const files = await attachedTo(tx, 'erasure', [`${id}/${name}`])
  if (rows.length + files.length === 0) return refuse('erasure.not_held', { class: name })
  const subject = keyOf(id, name)
  const texts = await kit.vault.openMany(
    tx,
    rows.map(({ field, sealed }) => ({ subject, field: `retained.${field}`, sealed })),
  )
  await recordAccess(tx, {
    ...{ action: 'erasure.reveal', subjectType: 'erasure', subjectIds: [id] },
    ...{
      fields: [...new Set(rows.map(({ field }) => columnOf(field).field))],
      purpose: `${name}: ${purpose}`,
      requestId,
    },
  })
  return ok({
    values: rows.map(({ field, until }, i) => ({ ...columnOf(field), until, text: texts[i] ?? '' })),
    files: files.map(file => file.id),
  })
}

/** So long the files of a class are given to whoever said what they looked at it for. */
const LOOK_MS = 3_600_000

/** What the caller said last that they look at a class of an erasure for; undefined where that is long ago, or never was. */
export async function statedPurpose(tx: Reader, id: string, name: string): Promise<string | undefined> {
  const [look] = await tx.query<{ purpose: string }>(
    `select purpose from access_audit
      where programme_id = $1 and actor_id = $2 and subject_type = 'erasure' and subject_id = $3
        and action = 'erasure.reveal' and starts_with(purpose, $4) and at > $5 order by id desc limit 1`,
    [tx.programme, tx.actor, id, `${name}: `, new Date(tx.at.getTime() - LOOK_MS)],
  )
  return look?.purpose
}
