import type { Reader } from '../database/database.ts'
import { UUID } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { addDays, startOf } from '../time/shanghai.ts'

export interface DueLine {
  readonly undertaking: string
  readonly no: number
  readonly kind: string
  readonly promisor: string
  readonly promisee: string
  readonly unit: string
  readonly dueOn: string
  readonly amount: number
  /** How much of it is done, counting what was done against the earliest due first. */
  readonly done: number
  /** `overdue` from the day after it was due. */
  readonly state: 'done' | 'open' | 'overdue'
}

export interface DueQuery {
  /** Either side of the promise. */
  readonly party?: string
  /** Kinds of undertaking to list; all if not given. */
  readonly kinds?: readonly string[]
  /** The day it is judged on, to its end. */
  readonly on: string
  /** The last due day to list; `on` itself if not given. */
  readonly until?: string
  /** Leaves out what is done. */
  readonly unmet?: boolean
  readonly limit: number
  /** `next` of the page before. */
  readonly after?: string | undefined
}

export interface DuePage {
  readonly lines: readonly DueLine[]
  readonly next: string | undefined
}

/** Dues of open floor undertakings, the earliest first. Refuses `page.cursor`. */
export async function dueList(tx: Reader, query: DueQuery): Promise<Result<DuePage, 'page.cursor'>> {
  const [afterOn, afterId, afterNo] = query.after?.split('/') ?? []
  if (query.after !== undefined && !isCursor(afterOn, afterId, afterNo)) return refuse('page.cursor')
  const { party, kinds, on, until = on, unmet = false, limit } = query
  const rows = await tx.query<DueLine>(
    DUE_LIST,
    [
      ...[tx.programme, party ?? null, kinds ?? null, on, startOf(addDays(on, 1)), until, unmet],
      ...[afterOn ?? null, afterId ?? null, afterNo ?? null, limit + 1],
    ],
    'undertaking-due-list',
  )
  const lines = rows.slice(0, limit)
  const last = lines.at(-1)
  const next = rows.length > limit && last ? `${last.dueOn}/${last.undertaking}/${last.no}` : undefined
  return ok({ lines, next })
}

const isCursor = (on = '', id = '', no = ''): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(on) && UUID.test(id) && /^\d{1,9}$/.test(no)

/** A due is done as far as what was done exceeds all that was due before it. */
const DUE_LIST = `
  select undertaking, no, kind, promisor, promisee, unit, "dueOn", amount, done,
    case when done = amount then 'done' when "dueOn" < $4::date then 'overdue' else 'open' end as state
  from (
    select u.id as undertaking, d.no, u.kind, u.promisor, u.promisee, u.unit, d.due_on as "dueOn", d.amount,
      greatest(0, least(d.amount, p.done - e.earlier))::bigint as done
    from undertaking_due d
    join undertaking u on u.programme_id = $1 and u.id = d.undertaking_id and u.state = 'open' and u.bound = 'floor'
    cross join lateral (select coalesce(sum(x.amount), 0) as earlier from undertaking_due x
      where x.programme_id = $1 and x.undertaking_id = d.undertaking_id and x.no < d.no) e
    cross join lateral (select coalesce(sum(x.amount), 0) as done from ledger_posting x
      where x.programme_id = $1 and x.undertaking_id = d.undertaking_id and x.at < $5) p
    where d.programme_id = $1 and d.due_on <= $6::date
      and ($2::text is null or u.promisor = $2 or u.promisee = $2) and ($3::text[] is null or u.kind = any($3))
      and ($8::date is null or (d.due_on, d.undertaking_id, d.no) > ($8::date, $9::uuid, $10::int))
  ) dues
  where not $7::boolean or done < amount
  order by "dueOn", undertaking, no limit $11`
