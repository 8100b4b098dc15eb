import type { Writer } from '@silian/kernel/database/database.ts'
import { type Refusal, refuse } from '@silian/kernel/result/result.ts'
import { promisedTo } from '@silian/kernel/undertaking/pass.ts'

/** A household that is owed something goes on being owed it: refuses `household.has_links` {id, link} while one is open. */
export async function linkInTheWay(tx: Writer, household: string): Promise<Refusal | undefined> {
  const [open] = await promisedTo(tx, [household])
  return open && refuse('household.has_links', { id: household, link: open.id })
}
