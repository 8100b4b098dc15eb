import type { Book, Placed } from './book.ts'

type Line = Placed['lines'][number]

/**
 * Fen of a piece by the version that a line names: what it said for everybody, for one group or for so many pieces,
 * whichever gives what the line says; undefined where no version does.
 */
export function pieceFen(book: Book, line: Line): number | undefined {
  const version = book.versions.get(line.offer)?.get(line.offerVersion)
  if (!version) return undefined
  const lower = (version.prices ?? []).filter(({ from }) => from <= line.pieces)
  const least = (group: string): number =>
    Math.min(
      version.fen,
      ...lower.filter(price => price.group === 'all' || price.group === group).map(price => price.fen),
    )
  const possible = ['unit', 'union', 'citizen'].map(least)
  return possible.find(fen => fen * line.pieces === line.fen) ?? version.fen
}

/** Days to ship by, as the version that a line names says. */
export const shipDaysOf = (book: Book, line: Line): number =>
  book.versions.get(line.offer)?.get(line.offerVersion)?.shipDays ??
  book.offers.get(line.offer)?.shipDays ??
  0
