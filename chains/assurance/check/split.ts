import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { type Dividend, splitSale } from '../../production/links/rules.ts'
import type { Book, Settlement, Step } from './book.ts'
import type { Findings } from './report.ts'

/** The split that was promised against the split that was paid, for every settled order. */
export function compareSplits(findings: Findings, book: Book): void {
  const sharesBy = sharesByCooperative(book)
  for (const [order, settled] of book.settlements) {
    const completed = book.stepOf(order, 'completed')
    if (!completed) continue
    findings.count('settlement_part', 0)
    const paid = saidOf(settled.parts.map(part => [part.link, part.fen]))
    const promised = cuts(sharesBy, settled, completed).map(cut =>
      promisedSplit(book, sharesBy, settled, completed, cut),
    )
    if (!promised.includes(paid))
      findings.differs('fact', settled.fact.id, 'split', promised[0] ?? null, paid)
  }
}

/**
 * Links count that stood in the log before the settlement. Those signed between the completion and it may have been
 * seen by it or not, so that either is good.
 */
const cuts = (sharesBy: Shares, settled: Settlement, completed: Step): number[] => [
  settled.fact.index,
  ...(sharesBy.get(settled.seller) ?? [])
    .map(link => link.index)
    .filter(index => completed.fact.index < index && index < settled.fact.index),
]

type Shares = ReadonlyMap<string, readonly (Dividend & { startsOn: string; endsOn: string; index: number })[]>

function sharesByCooperative(book: Book): Shares {
  const shares = [...book.links].flatMap(([linkId, { cooperative, formula, startsOn, endsOn, fact }]) =>
    formula?.mechanism === 'share_dividend'
      ? [{ cooperative, linkId, formula, startsOn, endsOn, index: fact.index }]
      : [],
  )
  return Map.groupBy(
    shares.sort((a, b) => (a.linkId < b.linkId ? -1 : 1)),
    share => share.cooperative,
  )
}

function promisedSplit(
  book: Book,
  sharesBy: Shares,
  settled: Settlement,
  completed: Step,
  cut: number,
): string {
  const on = dateOf(completed.fact.at)
  const dividends = (sharesBy.get(settled.seller) ?? []).filter(
    link => link.startsOn <= on && on <= link.endsOn && link.index < cut,
  )
  const sums = new Map<string, number>()
  for (const line of completed.lines ?? []) {
    const lot = book.lots.get(line.lot)
    const sale = { amountFen: line.fen, quantity: line.quantity, ownQuantity: lot?.own ?? 0 }
    const sources = [...(lot?.sources ?? [])].sort((a, b) => (a.linkId < b.linkId ? -1 : 1))
    for (const [link, fen] of splitSale(sale, sources, dividends).byLink)
      sums.set(link, (sums.get(link) ?? 0) + fen)
  }
  return saidOf([...sums])
}

const saidOf = (parts: [string, number][]): string =>
  JSON.stringify(parts.sort(([a], [b]) => (a < b ? -1 : 1)))
