import type { Reader } from '../database/database.ts'
import { addDays, dateOf, startOf } from '../time/shanghai.ts'
import { type Figures, type Standing, standingOf } from './rules.ts'

export interface Progress extends Figures {
  readonly id: string
  readonly unit: string
  readonly state: UndertakingState
  /** How it stands by its figures, whatever was decided of it. */
  readonly standing: Standing
}

export type UndertakingState = 'open' | 'kept' | 'broken' | 'ended' | 'succeeded'

/**
 * Promised against done, of many undertakings in one query, as of the end of a day (today if not given). Done may
 * exceed promised; what was taken back counts no more. Unknown ids are missing from the map.
 */
export async function progress(
  tx: Reader,
  ids: readonly string[],
  on: string = dateOf(tx.at),
): Promise<Map<string, Progress>> {
  const rows = await tx.query<Omit<Progress, 'standing'>>(
    `select u.id, u.unit, u.state, u.bound, coalesce(d.promised, 0)::bigint as promised,
       coalesce(d.due, 0)::bigint as due, coalesce(p.done, 0)::bigint as done
     from undertaking u
     left join (select undertaking_id, sum(amount) as promised, sum(amount) filter (where due_on < $3::date) as due
       from undertaking_due where programme_id = $1 and undertaking_id = any($2::uuid[]) group by undertaking_id) d
       on d.undertaking_id = u.id
     left join (select undertaking_id, sum(amount) as done from ledger_posting
       where programme_id = $1 and undertaking_id = any($2::uuid[]) and at < $4 group by undertaking_id) p
       on p.undertaking_id = u.id
     where u.programme_id = $1 and u.id = any($2::uuid[]) order by u.id`,
    [tx.programme, ids, on, startOf(addDays(on, 1))],
    'undertaking-progress',
  )
  return new Map(rows.map(row => [row.id, { ...row, standing: standingOf(row) }]))
}
