import type { ClaimState } from '@silian/chains/supply/claims/rules.ts'
import { acceptOrder } from '@silian/chains/supply/orders/service.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import { orderAt, type Side } from './side.ts'

const opens = {
  action: 'claim.open',
  own: ['buyer', 'canteen_acceptor'],
  none: ['citizen'],
  about: 'organisation',
} as const
const answers = { action: 'claim.answer', own: ['coop_clerk'], about: 'organisation' } as const
const reads = {
  action: 'claim.read',
  own: ['buyer', 'approver', 'accountant', 'canteen_acceptor', 'coop_clerk'],
  all: ['finance_officer', 'task_force', 'auditor'],
  none: ['citizen'],
  about: 'organisation',
} as const
const gone = '404 claim.not_found'

/** The receiver claims, the seller answers, the office decides, and each only of their own. */
export const claimExpectations: readonly Expectation[] = [
  { route: 'GET /claims', ...reads },
  { route: 'GET /claims/{claim}', ...reads, another: gone },
  { route: 'GET /orders/{order}/claimable', ...opens, another: '404 order.not_found' },
  { route: 'POST /orders/{order}/claims', ...opens, another: '404 order.not_found' },
  { route: 'POST /claims/{claim}/answer', ...answers, another: gone },
  { route: 'POST /claims/{claim}/objection', ...opens, another: gone },
  {
    route: 'POST /claims/{claim}/decision',
    ...{ action: 'claim.decide', all: ['task_force'], alien: gone, about: 'organisation' },
  },
  { route: 'POST /claims/{claim}/sending', ...opens, another: gone },
  { route: 'POST /claims/{claim}/receipt', ...answers, another: gone },
  { route: 'POST /claims/{claim}/withdrawal', ...opens, another: gone },
]

/** A claim on a new order of the side, as it stands after some moves. */
async function claimAt(kit: Whole, side: Side, state: ClaimState): Promise<string> {
  const [id, order] = [newId(), await orderAt(kit, side, 'accepted')]
  const { programme } = side.world
  const row = { programme_id: programme, order_id: order, seller_id: side.coop, buyer_id: side.unit }
  await side.world.write(async tx => {
    await tx.db
      .insertInto('claim')
      .values({
        ...row,
        ...{ id, kind: 'return', state, amount_fen: 8000, reason: '不想要了', opened_by: side.buyer },
        ...{ opened_at: tx.at, due_at: tx.at, answer: null, objection: null, decision: null },
        ...{ return_carrier: null, return_waybill: null, closed_at: null },
      })
      .execute()
    await tx.db
      .insertInto('claim_line')
      .values({
        ...{
          programme_id: programme,
          claim_id: id,
          order_id: order,
          line_no: 1,
          pieces: 1,
          amount_fen: 8000,
        },
      })
      .execute()
    return ok(null)
  })
  return id
}

const step =
  (name: string, state: ClaimState, body: object): Prepare =>
  async (of, fresh) => {
    const claim = fresh ? await claimAt(fresh, of, state) : of.world.id('no claim')
    return { path: `/claims/${claim}/${name}`, body, shows: claim }
  }

/** Accepted just now by the server's clock: what may be claimed is counted from then. */
async function acceptedNow(kit: Whole, side: Side): Promise<string> {
  const order = await orderAt(kit, side, 'shipped')
  const scope = { programme: side.world.programme, actor: side.buyer }
  must(await kit.app.write(scope, tx => acceptOrder(tx, kit, order, { invoiceNumber: 'INV-3' })))
  return order
}

export const claimRequests: Readonly<Record<string, Prepare>> = {
  'GET /claims': async (of, fresh) => ({
    path: '/claims?limit=200',
    ...(fresh && { shows: await claimAt(fresh, of, 'asked') }),
  }),
  'GET /claims/{claim}': async (of, fresh) => {
    const claim = fresh ? await claimAt(fresh, of, 'asked') : of.world.id('no claim')
    return { path: `/claims/${claim}`, shows: claim }
  },
  'GET /orders/{order}/claimable': of => ({ path: `/orders/${of.orders.accepted}/claimable` }),
  'POST /orders/{order}/claims': async (of, fresh) => {
    const order = fresh ? await acceptedNow(fresh, of) : of.orders.accepted
    const body = { kind: 'missing', lines: [{ no: 1, pieces: 1 }], reason: '少了一件' }
    return { path: `/orders/${order}/claims`, body }
  },
  'POST /claims/{claim}/answer': step('answer', 'asked', { agree: true }),
  'POST /claims/{claim}/objection': step('objection', 'refused', { reason: '不同意' }),
  'POST /claims/{claim}/decision': step('decision', 'disputed', { agree: true, note: '照片清楚' }),
  'POST /claims/{claim}/sending': step('sending', 'agreed', { carrier: '示范物流', waybill: 'R1' }),
  'POST /claims/{claim}/receipt': step('receipt', 'returning', { restock: true }),
  'POST /claims/{claim}/withdrawal': step('withdrawal', 'asked', {}),
}
