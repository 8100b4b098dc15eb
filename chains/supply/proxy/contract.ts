import { fenAmount, id, instant, pageByTime, pageOf, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'
import { newAddress, phone } from '../customers/contract.ts'
import { citizenOrder, orderLine, orderState } from '../orders/contract.ts'
import { payWay } from '../payments/contract.ts'

/** Whom it is ordered for; where it goes is where they live. */
export const newProxyOrder = z.object({
  /** Which point orders; whoever serves one point need not say. */
  pointId: id.optional(),
  customer: z.object({ phone, name: text(40) }),
  home: newAddress,
  lines: citizenOrder.shape.lines,
  note: z.string().max(500).default(''),
})
export const proxyPlaced = z.object({
  orders: z.array(z.object({ id, number: z.string(), totalFen: fenAmount, payBy: instant.optional() })),
})

export const proxyOrder = z.object({
  id,
  number: z.string(),
  state: orderState,
  totalFen: fenAmount,
  placedAt: instant,
  paidAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  /** 王** and 138****1234; of whoever was erased nothing. */
  name: z.string().nullable(),
  phone: z.string(),
  visitedAt: instant.nullable(),
  signature: z.enum(['drawn', 'paper']).nullable(),
})
export type ProxyOrder = z.infer<typeof proxyOrder>
export const proxyQuery = pageByTime.extend({ waiting: z.literal('true').optional() })
export const proxyPage = pageOf(proxyOrder)

/** With whom and where, whole: whoever brings it needs it, and the look is recorded. */
export const proxyDetail = proxyOrder.extend({
  home: z.object({
    name: z.string(),
    phone: z.string(),
    /** Province to county. */
    area: z.string(),
    address: z.string(),
  }),
  lines: z.array(orderLine),
})
export type ProxyDetail = z.infer<typeof proxyDetail>

export const proxyPayment = z.object({ way: payWay })
/** A signature drawn on the screen, or a photograph of the signed paper; uploaded before by whoever brings it. */
export const visit = z.object({ signature: z.enum(['drawn', 'paper']), file: id })
