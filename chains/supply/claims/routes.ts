import type { Permit, Reach } from '@silian/kernel/access/permit.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import { command } from '@silian/kernel/database/command.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { type Call, type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { thereOf } from '../customers/buyers.ts'
import { findSide } from '../orders/reads.ts'
import {
  claim,
  claimAnswer,
  claimable,
  claimDone,
  claimPage,
  claimQuery,
  decision,
  newClaim,
  objection,
  receivedBack,
  sentBack,
} from './contract.ts'
import { type ClaimReaches, claimableOf, findClaim, listClaims, readClaim } from './reads.ts'
import { moveClaim, openClaim } from './service.ts'

const ofOrder = z.object({ order: id })
const ofClaim = z.object({ claim: id })

export const claimRoutes = (kit: Kit, permit: Permit): Route[] => [
  route({
    method: 'GET',
    path: '/claims',
    action: 'claim.read',
    summary: '售后列表 Claims one is a party to',
    query: claimQuery,
    answer: claimPage,
    handle: async ({ scope, reach, principal, query }) =>
      ok(await kit.app.read(scope, tx => listClaims(tx, reach, query, reachesOf(permit, principal)))),
  }),
  route({
    method: 'GET',
    path: '/claims/{claim}',
    action: 'claim.read',
    summary: '售后详情 One claim',
    params: ofClaim,
    answer: claim,
    handle: ({ scope, reach, principal, params }) =>
      kit.app.read(scope, tx => readClaim(tx, reach, params.claim, reachesOf(permit, principal))),
  }),
  route({
    method: 'GET',
    path: '/orders/{order}/claimable',
    action: 'claim.open',
    summary: '可申请的售后 What may be claimed of an order now',
    params: ofOrder,
    answer: claimable,
    handle: ({ scope, reach, params: { order } }) =>
      kit.app.read(scope, async (tx): Promise<Result<z.input<typeof claimable>, 'order.not_found'>> => {
        const found = await findSide(tx, reach, [order], 'buyer')
        return found.ok ? ok(await claimableOf(tx, order)) : found
      }),
  }),
  route({
    method: 'POST',
    path: '/orders/{order}/claims',
    action: 'claim.open',
    summary: '申请售后 Ask for the money of what is returned, spoilt or missing',
    params: ofOrder,
    body: newClaim,
    answer: claimDone,
    handle: ({ scope, principal, reach, params: { order }, body, command: once }) =>
      command(kit.app, scope, once, async tx => {
        const found = await findBought(tx, principal, reach, order)
        return found.ok ? openClaim(tx, kit, order, body) : found
      }),
  }),
  step(
    kit,
    'answer',
    'claim.answer',
    'seller',
    '答复 Agree or refuse',
    claimAnswer,
    (tx, claim, { agree, note }) =>
      moveClaim(tx, kit, claim, agree ? 'agree' : 'refuse', { by: 'seller', set: { answer: note }, note }),
  ),
  step(
    kit,
    'objection',
    'claim.open',
    'buyer',
    '申诉 Have the office decide',
    objection,
    (tx, claim, { reason, photos }) =>
      moveClaim(tx, kit, claim, 'object', { by: 'buyer', set: { objection: reason }, note: reason, photos }),
  ),
  step(
    kit,
    'decision',
    'claim.decide',
    'office',
    '裁定 Decide on an objection',
    decision,
    (tx, claim, { agree, note }) =>
      moveClaim(tx, kit, claim, agree ? 'uphold' : 'dismiss', {
        by: 'office',
        set: { decision: note },
        note,
      }),
  ),
  step(
    kit,
    'sending',
    'claim.open',
    'buyer',
    '寄回 Say what the goods go back with',
    sentBack,
    (tx, claim, body) =>
      moveClaim(tx, kit, claim, 'send', {
        by: 'buyer',
        set: { return_carrier: body.carrier, return_waybill: body.waybill },
        note: `${body.carrier} ${body.waybill}`,
      }),
  ),
  step(
    kit,
    'receipt',
    'claim.answer',
    'seller',
    '收到退货 The goods are back',
    receivedBack,
    (tx, claim, { restock }) => moveClaim(tx, kit, claim, 'receive', { by: 'seller', restock }),
  ),
  step(kit, 'withdrawal', 'claim.open', 'buyer', '撤回 Take a claim back', z.object({}), (tx, claim) =>
    moveClaim(tx, kit, claim, 'withdraw', { by: 'buyer' }),
  ),
]

/** Refuses `order.not_found` unless it is theirs; a customer is not erased while something is asked for. */
async function findBought(
  tx: Writer,
  principal: Principal,
  reach: Reach,
  order: string,
): Promise<Result<null, 'order.not_found'>> {
  const isGone = principal.kind === 'customer' && (await thereOf(tx, reach.personIds)).size === 0
  return isGone ? refuse('order.not_found') : findSide(tx, reach, [order], 'buyer')
}

/** A step of one side on one claim: whoever does not stand there does not find it. */
function step<B extends z.ZodType>(
  kit: Kit,
  name: string,
  action: string,
  side: 'buyer' | 'seller' | 'office',
  summary: string,
  body: B,
  work: (tx: Writer, claim: string, body: z.output<B>) => Promise<Result<z.input<typeof claimDone>>>,
): Route {
  return route({
    method: 'POST',
    path: `/claims/{claim}/${name}`,
    action,
    summary,
    params: ofClaim,
    body,
    answer: claimDone,
    handle: (call: Call<typeof ofClaim, undefined, B>) =>
      command(kit.app, call.scope, call.command, async tx => {
        const found = await findClaim(tx, call.reach, call.params.claim, side)
        return found.ok ? work(tx, call.params.claim, call.body as z.output<B>) : found
      }),
  })
}

function reachesOf(permit: Permit, principal: Principal): ClaimReaches {
  const actions = { open: 'claim.open', answer: 'claim.answer', decide: 'claim.decide' }
  const entries = Object.entries(actions).flatMap(([may, action]): [string, Reach][] => {
    const reach = permit(principal, action)
    return reach.ok ? [[may, reach.value]] : []
  })
  return Object.fromEntries(entries)
}
