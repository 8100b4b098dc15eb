import { defineJob } from '@silian/kernel/jobs/define.ts'
import { eachInTurn } from '@silian/kernel/jobs/each.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { onDue } from './rules.ts'
import { passClaim } from './service.ts'

/** Every ten minutes: claims whose time is over move on, each in its own transaction. */
export const passClaims = defineJob<Kit, z.ZodObject>({
  name: 'claim.pass',
  payload: z.object({}),
  recurring: { at: '*/10 * * * *' },
  run: async ({ kit, scope }) => {
    const due = await kit.app.read(scope, tx =>
      tx.query<{ id: string }>(
        `select id from claim where programme_id = $1 and closed_at is null and due_at <= $2 and state = any($3)
         order by due_at limit 500`,
        [tx.programme, tx.at, Object.keys(onDue)],
      ),
    )
    await eachInTurn(due, async ({ id }) =>
      must(await kit.app.write(scope, async tx => ok(await passClaim(tx, kit, id)))),
    )
  },
})
