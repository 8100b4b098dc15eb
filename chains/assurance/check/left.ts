import type { Book, OffTold, Placed } from './book.ts'
import type { Fact } from './entry.ts'

type Line = Placed['lines'][number]

/** An order without what had been taken off it before a fact was told; lines of which nothing was left are not there. */
export function leftAt(
  book: Book,
  id: string,
  fact: Fact | undefined,
): { readonly fen: number; readonly lines: readonly Line[] } {
  const order = book.orders.get(id)
  if (!order) return { fen: 0, lines: [] }
  const offs = offsBefore(book, id, fact)
  const lines = order.lines
    .map(line => ({ ...line, ...lineLess(line, offs) }))
    .filter(({ pieces }) => pieces > 0)
  return { fen: order.fen - sum(offs.map(off => off.fen)), lines }
}

/** Undefined: all of them. */
export const offsBefore = (book: Book, id: string, fact: Fact | undefined): readonly OffTold[] =>
  (book.offs.get(id) ?? []).filter(off => !fact || off.fact.index < fact.index)

function lineLess(line: Line, offs: readonly OffTold[]): Pick<Line, 'pieces' | 'quantity' | 'fen'> {
  const own = offs.flatMap(off => off.lines.filter(({ no }) => no === line.no))
  return {
    pieces: line.pieces - sum(own.map(each => each.pieces)),
    quantity: line.quantity - sum(own.map(each => each.quantity)),
    fen: line.fen - sum(own.map(each => each.fen)),
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)
