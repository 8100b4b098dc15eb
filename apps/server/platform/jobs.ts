import type { Kit } from '@silian/chains/kit.ts'
import { followAreas } from '@silian/kernel/access/follow.ts'
import { sweepTries } from '@silian/kernel/access/lockout.ts'
import { defineJob, type Job } from '@silian/kernel/jobs/define.ts'
import { expireHolds } from '@silian/kernel/ledger/holds.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'

const nothing = z.object({})

/** Holds past their time give back what they reserve; a hold is refused at its commit all the same. */
const expireLedgerHolds = defineJob<Kit, z.ZodObject>({
  name: 'hold.expire',
  payload: nothing,
  recurring: { at: '* * * * *' },
  run: async ({ kit, scope }) => {
    for (let count = 500; count === 500; ) {
      const result = await kit.app.write(scope, async tx => ok((await expireHolds(tx, 500)).length))
      count = result.ok ? result.value : 0
    }
  },
})

/** Idempotency keys are kept for the days their command asked for. */
const forgetKeys = defineJob<Kit, z.ZodObject>({
  name: 'key.forget',
  payload: nothing,
  recurring: { at: '20 3 * * *' },
  run: async ({ kit, scope }) => {
    await kit.batch.write(scope, async tx =>
      ok(
        await tx.query('delete from idempotency where programme_id = $1 and keep_until < $2', [
          tx.programme,
          tx.at,
        ]),
      ),
    )
  },
})

/** Rows follow an area that was replaced; whoever imports areas need not wait for the night. */
export const followReplacedAreas = defineJob<Kit, z.ZodObject>({
  name: 'area.follow',
  payload: nothing,
  recurring: { at: '40 2 * * *' },
  run: async ({ kit, scope }) => {
    await kit.app.write(scope, async tx => ok(await followAreas(tx)))
  },
})

const forgetTries = defineJob<Kit, z.ZodObject>({
  name: 'try.forget',
  payload: nothing,
  recurring: { at: '10 3 * * *', once: true },
  run: async ({ kit }) => {
    await sweepTries(kit.app.pool, new Date())
  },
})

export const housekeeping: readonly Job<Kit>[] = [
  expireLedgerHolds,
  forgetKeys,
  followReplacedAreas,
  forgetTries,
]
