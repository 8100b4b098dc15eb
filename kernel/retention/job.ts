import { z } from 'zod'
import type { Scope, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import { defineJob, type Job } from '../jobs/define.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { carryErasure } from './carry.ts'
import { endCases } from './cases.ts'
import type { Erasable, EraseKit } from './kit.ts'

const payload = z.object({ erasure: z.uuid().optional() })
const NAME = 'erasure.carry'

/** Carries an erasure that was decided; every night those that wait, and whatever has come to its term. */
export const erasureJob = (erasable: Erasable): Job<EraseKit> =>
  defineJob<EraseKit, z.ZodObject>({
    name: NAME,
    payload,
    recurring: { at: '30 2 * * *' },
    run: async ({ kit, scope }, input) => {
      const { erasure } = payload.parse(input)
      await carryErasures(kit, erasable, scope, erasure)
      if (erasure === undefined) await endCases(kit, scope)
    },
  })

/** One erasure, or all that are not done, one transaction each. */
export async function carryErasures(
  kit: EraseKit,
  erasable: Erasable,
  scope: Scope,
  only?: string,
): Promise<void> {
  const rows = await kit.batch.read(scope, tx =>
    tx.query<{ id: string }>(
      `select id from erasure where programme_id = $1 and state <> 'done' and ($2::uuid is null or id = $2) order by id`,
      [tx.programme, only ?? null],
    ),
  )
  for (const { id } of rows) await carryErasure(kit, erasable, scope, id)
}

export interface Asking {
  readonly register: string
  readonly rowId: string
  readonly areaPath: string | null
  /** None where whoever it is about asked by themselves. */
  readonly caseId: string | null
}

/**
 * Puts a row on the way to be erased, in the transaction of the decision; a second time it is left as it is. Answers with
 * the erasure's id.
 */
export async function askErasure(tx: Writer, { register, rowId, areaPath, caseId }: Asking): Promise<string> {
  const id = newId(tx.at.getTime())
  const made = await tx.query(
    `insert into erasure (programme_id, id, register, row_id, area_path, case_id, state, asked_at, asked_by)
     values ($1, $2, $3, $4, $5, $6, 'asked', $7, $8) on conflict (programme_id, register, row_id) do nothing returning 1`,
    [tx.programme, id, register, rowId, areaPath, caseId, tx.at, tx.actor],
  )
  if (made.length > 0) {
    await enqueue(tx, { name: NAME, payload, attempts: 10, visible: false }, { erasure: id }, { key: id })
    return id
  }
  const [known] = await tx.query<{ id: string }>(
    'select id from erasure where programme_id = $1 and register = $2 and row_id = $3',
    [tx.programme, register, rowId],
  )
  return known!.id
}
