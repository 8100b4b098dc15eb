import type { differenceKinds } from './statement-contract.ts'

export interface StatedLine {
  readonly kind: 'payment' | 'refund'
  readonly reference: string
  readonly fen: number
}

export interface Found {
  readonly kind: (typeof differenceKinds)[number]
  readonly reference: string
  readonly oursFen: number | null
  readonly theirsFen: number | null
}

/** Every difference between a day as we have it and as the provider states it, by number; none where they agree. */
export function differencesOf(ours: readonly StatedLine[], theirs: readonly StatedLine[]): Found[] {
  const sums = (lines: readonly StatedLine[]) => {
    const byKey = new Map<string, StatedLine>()
    for (const line of lines) {
      const key = `${line.kind} ${line.reference}`
      byKey.set(key, { ...line, fen: line.fen + (byKey.get(key)?.fen ?? 0) })
    }
    return byKey
  }
  const [here, there] = [sums(ours), sums(theirs)]
  return [...new Set([...here.keys(), ...there.keys()])].sort().flatMap((key): Found[] => {
    const [mine, its] = [here.get(key), there.get(key)]
    if (mine?.fen === its?.fen) return []
    const { kind, reference } = (mine ?? its)!
    const how = !mine ? 'missing_here' : !its ? 'missing_there' : 'amount'
    return [{ kind: `${kind}_${how}`, reference, oursFen: mine?.fen ?? null, theirsFen: its?.fen ?? null }]
  })
}
