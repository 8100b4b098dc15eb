import type { Kit } from '@silian/chains/kit.ts'
import type { Permit } from '@silian/kernel/access/permit.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import { type Parties, reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { MOST_COUNTED } from '@silian/kernel/process/inbox.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { monthOf } from '@silian/kernel/time/shanghai.ts'
import { type Home, home, type waitingKinds } from './contract.ts'

interface Waiting {
  readonly kind: (typeof waitingKinds)[number]
  readonly action: string
  /** Counts rows of `from` under `where`; `$1` is this month. */
  readonly from: string
  readonly where: string
  readonly parties: Parties
}

const buyer: Parties = { organisations: ['buyer_id'] }

/** One line for each thing that can wait for a role. */
const table: readonly Waiting[] = [
  {
    kind: 'declarations_to_confirm',
    action: 'declaration.decide',
    from: 'declaration',
    where: `state = 'declared'`,
    parties: { areaPath: 'area_path' },
  },
  {
    kind: 'orders_to_approve',
    action: 'order.approve',
    from: '"order"',
    where: `state = 'in_approval'`,
    parties: buyer,
  },
  {
    kind: 'orders_to_ship',
    action: 'order.ship',
    from: '"order"',
    where: `state in ('approved', 'partly_shipped')`,
    parties: { organisations: ['seller_id'] },
  },
  {
    kind: 'orders_to_accept',
    action: 'order.accept',
    from: '"order"',
    where: `state = 'shipped'`,
    parties: buyer,
  },
  {
    kind: 'orders_to_pay',
    action: 'payment.open',
    from: '"order"',
    where: `paid_at is null and state in ('approved', 'partly_shipped', 'shipped', 'accepted')`,
    parties: buyer,
  },
  {
    kind: 'orders_to_evaluate',
    action: 'order.evaluate',
    from: '"order"',
    where: `state = 'accepted' and evaluated_at is null`,
    parties: buyer,
  },
  {
    kind: 'payouts_to_send',
    action: 'payout.send',
    from: '(select distinct programme_id, coalesce(passed_to, household_id) from settlement_part where payout_id is null) p',
    where: 'true',
    parties: {},
  },
  {
    kind: 'payouts_to_confirm',
    action: 'payout.confirm',
    from: 'payout_item',
    where: 'paid_at is not null and confirmed_at is null',
    parties: { areaPath: 'area_path' },
  },
  {
    kind: 'figures_to_publish',
    action: 'figure.publish',
    parties: {},
    where: 'true',
    from: `(select distinct c.programme_id, c.period from metric_generation g join metric_cell c
        on c.programme_id = g.programme_id and c.metric = g.metric || '@' || g.generation
      where g.metric = 'completed_purchases' and g.state = 'current' and c.period < $1 and not exists
      (select 1 from metric_close k where k.programme_id = c.programme_id and split_part(k.metric, '.', 1) = g.metric and k.period = c.period)) m`,
  },
]

export const homeRoutes = (kit: Kit, permit: Permit): Route[] => [
  route({
    method: 'GET',
    path: '/home',
    action: 'home.read',
    summary: '待办 What waits for whoever asks',
    answer: home,
    handle: async ({ scope, principal }) =>
      ok(await kit.app.read(scope, tx => readHome(tx, permit, principal))),
  }),
]

async function readHome(tx: Reader, permit: Permit, principal: Principal): Promise<Home> {
  const waiting: Home['waiting'] = []
  for (const { kind, action, from, where, parties } of table) {
    const reach = permit(principal, action)
    if (!reach.ok) continue
    const { sql, values } = reachPredicate(reach.value, parties, 2)
    const [row] = await tx.query<{ n: number }>(
      `select count(*)::int as n from (
         select from ${from} where ($1::text is not null) and (${where}) and ${sql} limit ${MOST_COUNTED}) w`,
      [monthOf(tx.at), ...values],
    )
    waiting.push({ kind, count: row!.n, more: row!.n === MOST_COUNTED })
  }
  return { waiting }
}
