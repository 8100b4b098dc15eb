import { countyOf } from '@silian/kernel/access/area.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { trailOf } from '@silian/kernel/fact/trail.ts'
import type { Kit } from '../../kit.ts'
import { quotaTerms } from './completion.ts'
import { type OrderRow, wordOf } from './row.ts'

interface Back {
  /** The act that took the goods off. */
  readonly off: string
  readonly lines: readonly {
    readonly no: number
    readonly pieces: number
    readonly unit: string
    readonly quantity: number
    readonly amountFen: number
  }[]
  readonly fen: number
  readonly countedFen: number
}

/**
 * Takes back what an order had counted: the same dimensions as `order.completed` told, with what came back as amounts below
 * zero, so that a figure that adds both tells what was kept. It rests on the fact by which the order counted.
 */
export async function recordReturned(
  tx: Writer,
  kit: Kit,
  order: OrderRow,
  { off, lines, fen, countedFen }: Back,
): Promise<void> {
  const [completed] = await trailOf(tx, order.id, ['order.completed'])
  await kit.recorder.record(tx, {
    ...{ type: 'order.returned', subject: order.id, holder: wordOf(order) },
    refs: completed ? [completed.leafHash] : [],
    pub: {
      ...{ order: order.id, off, number: order.number, seller: order.seller_id, fen: String(-fen) },
      // in the cell where it had counted
      ...(typeof completed?.pub.channel === 'string' && { channel: completed.pub.channel }),
      ...(await buyersPart(tx, order, countedFen)),
      lines: await linesOf(tx, order, lines),
    },
  })
}

async function buyersPart(tx: Writer, order: OrderRow, countedFen: number) {
  if (order.buyer_kind === 'citizen') return { buyer: 'citizen', buyerKind: 'citizen' }
  const terms = await quotaTerms(tx, order)
  return {
    ...{ buyer: order.buyer_id, buyerKind: terms.buyerKind, declaration: order.declaration_id },
    ...{ countedFen: String(countedFen), year: String(terms.year), district: countyOf(terms.areaPath) },
  }
}

async function linesOf(tx: Writer, order: OrderRow, lines: Back['lines']) {
  const told = await tx.query<{
    no: number
    product_id: string
    lot_id: string
    county_code: string
    class: string
    recognised: boolean
  }>(
    `select l.no, l.product_id, l.lot_id, l.county_code, p.class, l.recognised from order_line l
       join product p on p.programme_id = l.programme_id and p.id = l.product_id
      where l.programme_id = $1 and l.order_id = $2`,
    [tx.programme, order.id],
    'order-lines-told',
  )
  const byNo = new Map(told.map(line => [line.no, line]))
  return lines.map(({ no, pieces, unit, quantity, amountFen }) => {
    const line = byNo.get(no)!
    return {
      ...{ no, product: line.product_id, lot: line.lot_id, county: line.county_code, class: line.class },
      ...{ pieces: -pieces, unit, quantity: String(-quantity), fen: String(-amountFen) },
      recognised: line.recognised,
    }
  })
}
