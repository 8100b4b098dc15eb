import type { Scope } from '@silian/kernel/database/database.ts'
import { defineJob } from '@silian/kernel/jobs/define.ts'
import { eachInTurn } from '@silian/kernel/jobs/each.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { carriers } from './carriers.ts'
import { hearEvents } from './events.ts'

/** Orders of parcels that a run looks at; the next run goes on. */
const MOST = 500

/** Parcels without a waybill get theirs: the carrier is asked outside of any transaction, as often as it takes. */
export async function fetchWaybills(
  kit: Kit,
  scope: Scope,
  ids?: readonly string[],
): Promise<Map<string, string>> {
  const waiting = await kit.app.read(scope, tx =>
    tx.query<{ id: string; carrier: string }>(
      `select id, carrier from parcel where programme_id = $1 and state in ('packed', 'shipped') and carrier <> 'own' and waybill is null
         and ($2::uuid[] is null or id = any($2)) order by packed_at limit ${MOST}`,
      [tx.programme, ids ?? null],
    ),
  )
  const numbers = new Map<string, string>()
  for (const { id, carrier } of waiting) {
    const number = await carriers[carrier]?.createWaybill(id).catch(() => undefined)
    if (number) numbers.set(id, number)
  }
  if (numbers.size > 0)
    await kit.app.write(scope, async tx => {
      await tx.query(
        `update parcel p set waybill = n.waybill from unnest($2::uuid[], $3::text[]) n(id, waybill)
         where p.programme_id = $1 and p.id = n.id and p.waybill is null`,
        [tx.programme, [...numbers.keys()], [...numbers.values()]],
      )
      return ok(null)
    })
  return numbers
}

/** Every ten minutes: waybills that failed are asked for again, and parcels on their way are followed. */
export const followParcels = defineJob<Kit, z.ZodObject>({
  name: 'parcel.follow',
  payload: z.object({}),
  recurring: { at: '*/10 * * * *' },
  run: async ({ kit, scope }) => {
    await fetchWaybills(kit, scope)
    await followAll(kit, scope)
  },
})

/** Asks carriers for what happened since; those asked longest ago come first. */
export async function followAll(kit: Kit, scope: Scope): Promise<void> {
  const { moving, at } = await kit.app.read(scope, async tx => ({
    at: tx.at,
    moving: await tx.query<{ id: string; carrier: string; waybill: string; packed_at: Date }>(
      `select id, carrier, waybill, packed_at from parcel where programme_id = $1 and state in ('packed', 'shipped')
         and carrier <> 'own' and waybill is not null order by packed_at limit ${MOST}`,
      [tx.programme],
    ),
  }))
  await eachInTurn(moving, async ({ id, carrier, waybill, packed_at }) => {
    const events = (await carriers[carrier]?.track(waybill, packed_at, at).catch(() => [])) ?? []
    if (events.length > 0)
      must(await kit.app.write(scope, async tx => ok(await hearEvents(tx, kit, id, events))))
  })
}
