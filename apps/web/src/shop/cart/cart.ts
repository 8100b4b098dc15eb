import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'
import type { CartLine, Seen } from './rules.ts'
import { store } from './store.ts'

/** The lines of a programme's cart, kept current in every tab; undefined until they are read. */
export function useLines(programme: string): readonly CartLine[] | undefined {
  const [lines, setLines] = useState<readonly CartLine[]>()
  useEffect(() => {
    const found = liveQuery(() => store.lines.where({ programme }).sortBy('addedAt')).subscribe({
      next: setLines,
      // a browser that keeps nothing has a cart that is empty
      error: () => setLines([]),
    })
    return () => found.unsubscribe()
  }, [programme])
  return lines
}

/** Puts pieces in beside those that are there, at the price now seen. */
export const addPieces = (programme: string, offerId: string, seen: Seen, pieces: number): Promise<unknown> =>
  store.transaction('rw', store.lines, async () => {
    const before = await store.lines.get([programme, offerId])
    await store.lines.put({
      ...{ programme, offerId, seen, chosen: true, pieces: (before?.pieces ?? 0) + pieces },
      addedAt: before?.addedAt ?? Date.now(),
    })
  })

type Change = Partial<Pick<CartLine, 'pieces' | 'chosen' | 'seen'>>

export const changeLine = ({ programme, offerId }: CartLine, change: Change): Promise<unknown> =>
  store.lines.update([programme, offerId], change)

export const removeLines = (lines: readonly Pick<CartLine, 'programme' | 'offerId'>[]): Promise<unknown> =>
  store.lines.bulkDelete(lines.map(({ programme, offerId }): [string, string] => [programme, offerId]))
