import type { Book, OffTold, Placed, ReturnedTold } from './book.ts'
import type { Note } from './consistency.ts'
import type { Fact } from './entry.ts'

/** What figures take off is what came back of an order after it counted: all of it, no more, and where it had counted. */
export function compareReturned(note: Note, book: Book): void {
  for (const [id, order] of book.orders) {
    const completed = book.stepOf(id, 'completed')
    const back = new Map((book.returned.get(id) ?? []).map(told => [told.off, told]))
    for (const off of book.offs.get(id) ?? []) {
      const told = back.get(off.off)
      back.delete(off.off)
      if (completed && isAfter(completed.fact, off) && off.fen > 0)
        note(
          told?.fact.id ?? off.fact.id,
          'returned',
          expected(order, off, completed),
          told && said(told, told.lines),
        )
      else if (told) note(told.fact.id, 'returned', 'an order that counted', 'none')
    }
    for (const told of back.values()) note(told.fact.id, 'off', 'what came back', 'nothing')
  }
}

const isAfter = (completed: Fact, { fact }: OffTold): boolean => completed.index < fact.index

interface Counted {
  readonly buyerKind?: string | undefined
  readonly channel?: string | undefined
}

const said = ({ buyerKind, channel }: Counted, lines: ReturnedTold['lines']): string =>
  JSON.stringify([buyerKind ?? '', channel ?? '', ...lines.map(({ no, county, fen }) => [no, county, fen])])

const expected = (order: Placed, { lines }: OffTold, completed: Counted): string =>
  said(
    completed,
    lines.map(({ no, fen }) => ({
      ...{ no, fen: -fen },
      county: order.lines.find(line => line.no === no)?.county ?? '',
    })),
  )
