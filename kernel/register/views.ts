import type { z } from 'zod'
import type { Reader, Writer } from '../database/database.ts'
import { isSealed } from '../declared/columns.ts'
import { newId } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { newView, view } from './contract.ts'
import type { Register } from './define.ts'

/** Lists that the asking account has kept, the oldest first. */
export const listViews = (tx: Reader): Promise<z.infer<typeof view>[]> =>
  tx.query(
    `select id, register, title as name, query, columns from saved_view
      where programme_id = $1 and actor_id = $2 order by id limit 500`,
    [tx.programme, tx.actor],
  )

/** Refuses `input.personal` {fields} for a view that would keep a personal value. */
export function openView(
  registers: readonly Register[],
  { register: name, query }: Pick<z.infer<typeof newView>, 'register' | 'query'>,
): Result<null, 'input.personal'> {
  const columns = registers.find(register => register.name === name)?.columns ?? {}
  const isPersonal = [...new URLSearchParams(query).keys()].some(
    key => columns[key] && isSealed(columns[key]),
  )
  return isPersonal ? refuse('input.personal', { fields: ['body/query'] }) : ok(null)
}

/** Keeps a list, or changes one's own. Refuses `view.exists` for another's id. */
export async function keepView(
  tx: Writer,
  input: z.infer<typeof newView>,
): Promise<Result<{ id: string }, 'view.exists'>> {
  const id = input.id ?? newId(tx.at.getTime())
  const rows = await tx.query(
    `insert into saved_view (programme_id, id, actor_id, register, title, query, columns, saved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (programme_id, id) do update set register = excluded.register, title = excluded.title,
       query = excluded.query, columns = excluded.columns, saved_at = excluded.saved_at
       where saved_view.actor_id = excluded.actor_id
     returning 1`,
    [tx.programme, id, tx.actor, input.register, input.name, input.query, input.columns, tx.at],
  )
  return rows.length > 0 ? ok({ id }) : refuse('view.exists', { id })
}

/** Forgets a list of one's own; one that is not there is forgotten already. */
export async function forgetView(tx: Writer, id: string): Promise<Result<{ id: string }>> {
  await tx.query('delete from saved_view where programme_id = $1 and id = $2 and actor_id = $3', [
    tx.programme,
    id,
    tx.actor,
  ])
  return ok({ id })
}
