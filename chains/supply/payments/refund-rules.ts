/** One source that paid for an order, and what has gone back to it. */
export interface Paid {
  readonly no: number
  readonly fen: number
  readonly backFen: number
}

/**
 * What goes back to each source: shares of what each has still in the order, by the largest remainder, ties by number.
 * The parts add up to `fen`, and no source gets more than it paid, however often a part of an order goes back; the last
 * part clears all of them. Undefined where less than `fen` is left.
 */
export function splitRefund(fen: number, sources: readonly Paid[]): Map<number, number> | undefined {
  const left = sources.map(({ no, fen: paid, backFen }) => ({ no, left: paid - backFen }))
  const whole = left.reduce((sum, source) => sum + source.left, 0)
  if (fen > whole || fen < 0) return undefined
  const shares = left.map(source => {
    const exact = BigInt(fen) * BigInt(source.left)
    const base = whole === 0 ? 0n : exact / BigInt(whole)
    return { no: source.no, fen: Number(base), rest: whole === 0 ? 0n : exact % BigInt(whole) }
  })
  let missing = fen - shares.reduce((sum, share) => sum + share.fen, 0)
  const byRest = [...shares].sort((a, b) => (a.rest === b.rest ? a.no - b.no : a.rest > b.rest ? -1 : 1))
  for (const share of byRest)
    if (missing > 0 && share.rest > 0n) {
      share.fen += 1
      missing -= 1
    }
  return new Map(shares.map(share => [share.no, share.fen]))
}
