import { defineJob } from '@silian/kernel/jobs/define.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { addDays, dateOf } from '@silian/kernel/time/shanghai.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { rebuildOlder } from './rebuild.ts'
import { writeOffers } from './write.ts'

/** Where a new release makes words in another way, the index is made anew beside the work. */
export const renewSearch = defineJob<Kit, z.ZodObject>({
  name: 'search.renew',
  payload: z.object({}),
  recurring: { at: '*/2 * * * *' },
  run: ({ kit, scope, signal }) => rebuildOlder(kit.batch, scope, signal),
})

/** A day that nobody was there to run this is caught up with. */
const DAYS = 7
const TURN = 500

/** After midnight: recognitions, certificates and links that began or ended with the day, of which no fact tells. */
export const turnSearchDay = defineJob<Kit, z.ZodObject>({
  name: 'search.turn_day',
  payload: z.object({}),
  recurring: { at: '3 0 * * *' },
  run: async ({ kit, scope }) => {
    const ids = await kit.batch.read(scope, async tx => {
      const today = dateOf(tx.at)
      const rows = await tx.query<{ id: string }>(
        `select o.id from offer o join product p on p.programme_id = o.programme_id and p.id = o.product_id
          where o.programme_id = $1 and o.state = 'listed' and (
            p.recognised_from between $2 and $3 or p.recognised_to >= $2 and p.recognised_to < $3
            or exists (select from product_certificate c where c.programme_id = $1 and c.product_id = p.id
              and c.valid_to >= $2 and c.valid_to < $3)
            or o.seller_id in (select u.promisor_id from undertaking u where u.programme_id = $1 and u.kind like 'link.%'
              and (u.starts_on between $2 and $3 or u.ends_on >= $2 and u.ends_on < $3)))
          order by o.id`,
        [tx.programme, addDays(today, -DAYS), today],
      )
      return rows.map(({ id }) => id)
    })
    for (let i = 0; i < ids.length; i += TURN)
      must(await kit.batch.write(scope, async tx => ok(await writeOffers(tx, ids.slice(i, i + TURN)))))
  },
})

/** Days that the counts of what was asked are kept. */
const ASKED_DAYS = 90

export const forgetAsked = defineJob<Kit, z.ZodObject>({
  name: 'search.forget_asked',
  payload: z.object({}),
  recurring: { at: '50 3 * * *' },
  run: async ({ kit, scope }) => {
    await kit.batch.write(scope, async tx =>
      ok(
        await tx.query('delete from shop_asked where programme_id = $1 and day <= $2', [
          tx.programme,
          addDays(dateOf(tx.at), -ASKED_DAYS),
        ]),
      ),
    )
  },
})
