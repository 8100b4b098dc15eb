import type { Writer } from '@silian/kernel/database/database.ts'
import type { Passing } from '@silian/kernel/register/define.ts'
import { Refused } from '@silian/kernel/result/result.ts'

/**
 * What was promised to a household was promised to its people: it does not pass to others by itself. Refuses (thrown)
 * `household.has_links` {id} for one that goes while a link of it is open.
 */
export async function refuseLinks(tx: Writer, { from }: Passing): Promise<void> {
  const [open] = await tx.query<{ promisee: string }>(
    `select promisee from undertaking where programme_id = $1 and promisee = any($2::text[]) and state = 'open'
       and kind like 'link.%' order by promisee limit 1`,
    [tx.programme, from],
  )
  if (open) throw new Refused('household.has_links', { id: open.promisee })
}
