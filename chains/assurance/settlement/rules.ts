export interface Part {
  readonly linkId: string
  readonly householdId: string
  readonly mechanism: 'order_purchase' | 'share_dividend'
  readonly fen: number
  /** Where the household lives, and of how many people it is. */
  readonly county: string
  readonly persons: number
}

/** Households behind fewer than five are not told apart out loud. */
const SMALLEST_CELL = 5
export const isTold = (households: number): boolean => households === 0 || households >= SMALLEST_CELL

/** Hidden parts that one fact of 64 KiB holds with room to spare: each leaves a commitment of some 56 bytes in it. */
export const MOST_PARTS = 800

/** The hidden fields of each fact that a settlement is told in, `part0`, `part1` … over all of them; at least one. */
export function piecesOf(parts: readonly Part[], most: number = MOST_PARTS): Record<string, string>[] {
  const fields = parts.map((part, i): [string, string] => [
    `part${i}`,
    JSON.stringify({
      ...{ household: part.householdId, link: part.linkId, fen: String(part.fen) },
      ...{ mechanism: part.mechanism, county: part.county, persons: part.persons },
    }),
  ])
  const count = Math.max(1, Math.ceil(fields.length / most))
  return Array.from({ length: count }, (_, n) => Object.fromEntries(fields.slice(n * most, (n + 1) * most)))
}
