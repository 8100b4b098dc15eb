import { Failed, patiently, until } from './client.ts'
import type { Grown } from './grow.ts'
import type { Tour } from './main.ts'
import { heading, tell, yuan } from './tell.ts'

export interface Bought {
  readonly orderId: string
  readonly number: string
  readonly totalFen: number
  /** The fact `order.completed` of it. */
  readonly completedFact: string
}

interface Order {
  readonly number: string
  readonly state: string
  readonly paidAt: string | null
  readonly completedAt: string | null
  readonly facts: readonly { readonly id: string; readonly type: string; readonly logIndex: number | null }[]
}

/** A canteen buys under its reserved share: placed, approved, shipped, accepted, paid and evaluated. */
export async function buy(tour: Tour, grown: Grown): Promise<Bought> {
  heading('二、供应链', 'Supply: an order under the reserved share')
  const { orderId, number, totalFen } = await place(tour, grown)
  await deliver(tour, orderId)
  await pay(tour, orderId, totalFen)
  const completedFact = await evaluate(tour, orderId)
  return { orderId, number, totalFen, completedFact }
}

interface Declaration {
  readonly id: string
  readonly year: number
  readonly state: string
  readonly unitName: string
  readonly reservedFen: number
  readonly completedFen: number
  readonly baseFen: number
}

async function place(
  { as, path, run }: Tour,
  { offer, pieces }: Grown,
): Promise<{ orderId: string; number: string; totalFen: number }> {
  const buyer = await as('buyer.first')
  const { items } = await buyer.get<{ items: Declaration[] }>(
    path(`/declarations?year=${new Date().getFullYear()}`),
  )
  const declaration = items.find(item => item.state === 'confirmed' && item.baseFen > 0)
  if (!declaration) throw new Failed('the first unit has no confirmed declaration for this year')
  tell(
    '食堂',
    `${declaration.unitName}：预留 ${yuan(declaration.reservedFen)}，已完成 ${yuan(declaration.completedFen)}`,
    'reserved share and what is completed of it',
  )
  const basket = {
    declarationId: declaration.id,
    note: '',
    lines: [{ offerId: offer.id, offerVersion: offer.version, pieces }],
  }
  const placed = await buyer.post<{ orders: { id: string; number: string; totalFen: number }[] }>(
    path('/orders'),
    basket,
    `${run}-order`,
  )
  const again = await buyer.post<{ orders: { id: string }[] }>(path('/orders'), basket, `${run}-order`)
  const [order] = placed.orders
  if (again.orders[0]!.id !== order!.id) throw new Failed('the same submit made two orders')
  tell(
    '采购员',
    `下单 ${order!.number}，${pieces} 箱，合计 ${yuan(order!.totalFen)}（同一提交两次，仍是一单）`,
    'placed; the same submit twice stays one order',
  )
  return { orderId: order!.id, number: order!.number, totalFen: order!.totalFen }
}

async function deliver({ as, path, run }: Tour, orderId: string): Promise<void> {
  await (await as('approver.first')).post(
    path(`/orders/${orderId}/approval`),
    { approve: true, note: '' },
    `${run}-approve`,
  )
  tell('审批人', '同意采购', 'approved by another person than the buyer')
  await (await as('coop.tianyang')).post(
    path(`/orders/${orderId}/shipment`),
    { carrier: '示范冷链', waybill: `W${run.slice(0, 8)}` },
    `${run}-ship`,
  )
  tell('合作社', '已发货', 'shipped')
  await (await as('acceptor.first')).post(
    path(`/orders/${orderId}/acceptance`),
    { goodsOk: true, invoiceNumber: `INV-${run.slice(0, 8)}` },
    `${run}-accept`,
  )
  tell('验收员', '验货验票通过', 'goods and invoice accepted')
}

/** The bank's word comes signed with its own key: a forged one is worth nothing, a doubled one counts once. */
async function pay({ as, path, run, bank }: Tour, orderId: string, totalFen: number): Promise<void> {
  const accountant = await as('accountant.first')
  const payment = await accountant.post<{ id: string; code: string; amountFen: number }>(
    path('/payments'),
    { orderIds: [orderId] },
    `${run}-pay`,
  )
  tell(
    '会计',
    `付款识别码 ${payment.code}，应付 ${yuan(payment.amountFen)}`,
    'the code for the bank transfer',
  )
  for (const manner of ['forged', 'double'] as const) {
    const transfer = { reference: `${run}-${manner}`, code: payment.code, fen: totalFen, manner }
    const response = await patiently(() =>
      fetch(`${bank}/transfers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(transfer),
      }),
    )
    if (!response.ok) throw new Failed(`the bank refused the transfer: ${response.status}`)
  }
  await until('the bank to confirm', async () =>
    (await accountant.get<Order>(path(`/orders/${orderId}`))).paidAt ? true : undefined,
  )
  tell(
    '银行',
    `到账 ${yuan(totalFen)}：伪造的回单被拒，重复的回单只算一次`,
    'money in; the forged message was refused, the doubled one counted once',
  )
}

async function evaluate({ as, path, run }: Tour, orderId: string): Promise<string> {
  const acceptor = await as('acceptor.first')
  const done = await acceptor.post<{ completedAt: string | null }>(
    path(`/orders/${orderId}/evaluation`),
    { score: 5, text: '果香足，包装完好' },
    `${run}-evaluate`,
  )
  if (!done.completedAt) throw new Failed('accepted, paid and evaluated, but not COMPLETED')
  const fact = await until('the order in the public log', async () => {
    const order = await acceptor.get<Order>(path(`/orders/${orderId}`))
    return order.facts.find(f => f.type === 'order.completed' && f.logIndex !== null)
  })
  tell(
    '食堂',
    `评价完成，订单完成，存证序号 ${fact.logIndex}`,
    'evaluated: now it counts, and stands in the public log',
  )
  return fact.id
}
