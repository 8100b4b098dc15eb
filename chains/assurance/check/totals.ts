import type { Book } from './book.ts'
import { allotments, type PaidOuts, stateOf } from './derive.ts'
import type { Totals } from './report.ts'

/** What the facts add up to, over the whole programme. */
export function totalsOf(book: Book, { paid }: PaidOuts): Totals {
  const orders = [...book.orders]
  const settlements = [...book.settlements.values()]
  const payouts = [...book.payouts]
  const having = (name: 'paid' | 'completed') => orders.filter(([id]) => book.stepOf(id, name))
  const alive = orders.filter(([id]) => !['refused', 'cancelled', 'expired'].includes(stateOf(book, id)))
  return {
    orders: orders.length,
    placedFen: sum(alive.map(([, order]) => order.fen)),
    paidFen: sum(having('paid').map(([, order]) => order.fen)),
    completedFen: sum(having('completed').map(([, order]) => order.fen)),
    countedFen: sum(orders.map(([id]) => book.stepOf(id, 'completed')?.countedFen ?? 0)),
    settledFen: sum(settlements.map(each => each.fen)),
    cooperativesFen: sum(settlements.map(each => each.cooperativeFen)),
    householdsFen: sum(settlements.map(each => each.householdsFen)),
    sentFen: sum(payouts.map(([, batch]) => batch.fen)),
    paidOutFen: sum(payouts.filter(([id]) => paid.has(id)).map(([, batch]) => batch.fen)),
    confirmedFen: sum([...book.confirmations.values()].map(each => each.fen ?? 0)),
    suspenseFen: sum(
      allotments(book)
        .filter(each => each.state === 'suspense')
        .map(each => each.credit.fen),
    ),
    buyers: new Set(having('completed').map(([, order]) => order.buyer)).size,
    sellers: new Set(having('completed').map(([, order]) => order.seller)).size,
    households: new Set(settlements.flatMap(each => each.parts.map(part => part.household))).size,
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)
