import type { Scope, Writer } from '../database/database.ts'
import { must, ok } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import { heldUntil } from './classes.ts'
import type { EraseKit } from './kit.ts'

const SOME = 500

/**
 * What applicants told of persons, and what was noted beside decisions, is held as evidence of the application: some years
 * after a case has ended its key goes, and with it form, notes and objections. The trail stays.
 */
export async function endCases(kit: EraseKit, scope: Scope): Promise<void> {
  for (let left = true; left; )
    left = must(await kit.batch.write(scope, async tx => ok(await some(tx, kit)))) === SOME
}

async function some(tx: Writer, kit: EraseKit): Promise<number> {
  const rows = await tx.query<{ id: string; ended_at: Date; objections: string[] }>(
    `select c.id, c.ended_at, array(select o.id::text from process_objection o
         where o.programme_id = $1 and o.case_id = c.id) as objections
       from process_case c join subject_key k on k.programme_id = $1 and k.subject_id = c.id::text
      where c.programme_id = $1 and c.ended_at is not null and k.sealed_key is not null
      order by c.ended_at limit ${SOME}`,
    [tx.programme],
  )
  const over = rows.filter(row => heldUntil('application', dateOf(row.ended_at))! <= dateOf(tx.at))
  if (over.length > 0)
    await kit.vault.erase(
      tx,
      over.flatMap(row => [row.id, ...row.objections]),
    )
  return over.length
}
