import { command } from '@silian/kernel/database/command.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { type Call, type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import type { Result } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { findOwn } from '../purchases/service.ts'
import { complaintDone, complaintReply, newComplaint } from './contract.ts'
import { complain, replyTo } from './service.ts'

const params = z.object({ order: id })

/** A customer's way to a complaint; a unit's people have the routes of the process. */
export const complaintRoutes = (kit: Kit): Route[] => [
  step(kit, 'complaint', '投诉 Complain of one of one’s own orders', newComplaint, (tx, order, body) =>
    complain(tx, kit, order, body),
  ),
  step(
    kit,
    'complaint-reply',
    '投诉答复 Content with the answer, or have the office decide',
    complaintReply,
    (tx, order, body) => replyTo(tx, kit, order, body),
  ),
]

function step<B extends z.ZodType>(
  kit: Kit,
  name: string,
  summary: string,
  body: B,
  work: (tx: Writer, order: string, body: z.output<B>) => Promise<Result<{ id: string }>>,
): Route {
  return route({
    method: 'POST',
    path: `/my/orders/{order}/${name}`,
    action: 'my.orders',
    summary,
    params,
    body,
    answer: complaintDone,
    handle: (call: Call<typeof params, undefined, B>) =>
      command(kit.app, call.scope, call.command, async tx => {
        const found = await findOwn(tx, call.reach, call.params.order)
        return found.ok ? work(tx, call.params.order, call.body as z.output<B>) : found
      }),
  })
}
