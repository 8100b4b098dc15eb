/** A piece of a query and what it may stand for. */
export interface Span<T> {
  readonly from: number
  readonly to: number
  /** None: nothing is known of this sign. */
  readonly found: readonly T[]
}

interface Step<T> {
  readonly cost: number
  readonly span?: Span<T>
}

/** What a sign costs that nothing is known of: more than any way to know it. */
const UNKNOWN = 6

/** All pieces of a text of so many signs at least and at most. */
export function piecesOf(text: string, least: number, most: number): string[] {
  const signs = [...text]
  const pieces = signs.flatMap((_, from) =>
    signs
      .slice(from, from + most)
      .flatMap((_sign, i) => (i + 1 < least ? [] : [signs.slice(from, from + i + 1).join('')])),
  )
  return [...new Set(pieces)]
}

/** Covers a text with known pieces at the least cost: few and long ones. */
export function coverOf<T>(
  text: string,
  found: (piece: string) => readonly T[],
  costOf: (of: T, piece: string) => number,
): Span<T>[] {
  const signs = [...text]
  const best: Step<T>[] = [{ cost: 0 }]
  for (let to = 1; to <= signs.length; to++) {
    let step: Step<T> = { cost: best[to - 1]!.cost + UNKNOWN, span: { from: to - 1, to, found: [] } }
    for (let from = 0; from < to; from++) {
      const piece = signs.slice(from, to).join('')
      const words = found(piece)
      if (words.length === 0) continue
      const cost = best[from]!.cost + Math.min(...words.map(word => costOf(word, piece)))
      if (cost < step.cost) step = { cost, span: { from, to, found: words } }
    }
    best.push(step)
  }
  const spans: Span<T>[] = []
  for (let span = best[signs.length]!.span; span; span = best[span.from]!.span) spans.unshift(span)
  return spans
}
