import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { defineJob } from '@silian/kernel/jobs/define.ts'
import { saveRows } from '@silian/kernel/register/save.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { addDays, dateOf } from '@silian/kernel/time/shanghai.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { household } from './household.register.ts'

const SOME = 200

/** Every night: a household that was monitored for a month without a measure is one to look at, though nobody touched it. */
export const lookAgain = defineJob<Kit, z.ZodObject>({
  name: 'household.look_again',
  payload: z.object({}),
  recurring: { at: '20 2 * * *' },
  run: async ({ kit, scope }) => {
    for (let left = true; left; ) {
      const due = await kit.app.read(scope, waiting)
      const changed = await kit.app.write(scope, async tx => ok(await again(tx, kit, due)))
      left = due.length === SOME && changed.ok && changed.value > 0
    }
  },
})

async function waiting(tx: Reader): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from household where programme_id = $1 and monitored_from < $2::date and risk_ended_on is null
        and valid_to is null and coalesce(measures, '{}') = '{}' and not coalesce(warnings, '{}') @> '{no_measure}'
      order by monitored_from, id limit ${SOME}`,
    [tx.programme, addDays(dateOf(tx.at), -30)],
  )
  return rows.map(row => row.id)
}

/** Rows that nothing is given for have their computed columns worked out anew. */
async function again(tx: Writer, kit: Kit, ids: readonly string[]): Promise<number> {
  const reach = everythingOf(tx.programme)
  const outcomes = await saveRows(
    tx,
    kit,
    household,
    reach,
    ids.map(id => ({ id, values: {} })),
  )
  return outcomes.filter(outcome => outcome.kind === 'changed').length
}
