import type { Reader, Writer } from '../database/database.ts'

/** An open undertaking, and to whom it was owed. */
export interface Passed {
  readonly id: string
  readonly promisor: string
  readonly promisee: string
}

const HELD = `select id, promisor, promisee from undertaking
  where programme_id = $1 and promisee = any($2::text[]) and state = 'open' order by id`

/** What is promised to some and still open. */
export const promisedTo = (tx: Reader, promisees: readonly string[]): Promise<Passed[]> =>
  tx.query(HELD, [tx.programme, promisees])

/**
 * What is promised to some and still open is owed to another from now on: the same promise under the same id, so that
 * what was done counts on. Returns each as it was; what is over stays with whom it was owed to.
 */
export async function passTo(tx: Writer, promisees: readonly string[], heir: string): Promise<Passed[]> {
  const passed = await tx.query<Passed>(`${HELD} for no key update`, [tx.programme, promisees])
  await tx.query('update undertaking set promisee = $3 where programme_id = $1 and id = any($2::uuid[])', [
    tx.programme,
    passed.map(each => each.id),
    heir,
  ])
  return passed
}
