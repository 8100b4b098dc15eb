import { useCallback, useSyncExternalStore } from 'react'

/** What a buyer has put aside on this device; prices and stock are read anew before an order. */
export interface BasketLine {
  readonly offerId: string
  readonly pieces: number
}

const place = (programme: string, account: string) => `silian.basket.${programme}.${account}`
const changed = 'silian:basket'

export function readBasket(storage: Storage, programme: string, account: string): BasketLine[] {
  try {
    const lines: unknown = JSON.parse(storage.getItem(place(programme, account)) ?? '[]')
    return Array.isArray(lines) ? lines.filter(isLine) : []
  } catch {
    return []
  }
}

const isLine = (line: unknown): line is BasketLine => {
  const { offerId, pieces } = (line ?? {}) as Partial<BasketLine>
  return typeof offerId === 'string' && Number.isSafeInteger(pieces) && pieces! > 0
}

/** The lines with so many pieces of an offer; none of it takes the line away. */
export function withPieces(lines: readonly BasketLine[], offerId: string, pieces: number): BasketLine[] {
  if (pieces <= 0) return lines.filter(line => line.offerId !== offerId)
  if (!lines.some(line => line.offerId === offerId)) return [...lines, { offerId, pieces }]
  return lines.map(line => (line.offerId === offerId ? { offerId, pieces } : line))
}

export interface Basket {
  readonly lines: readonly BasketLine[]
  put(offerId: string, pieces: number): void
  clear(): void
}

/** The basket of an account in a programme, the same in every tab. */
export function useBasket(programme: string, account: string): Basket {
  const text = useSyncExternalStore(subscribe, () => localStorage.getItem(place(programme, account)) ?? '[]')
  const save = useCallback(
    (lines: readonly BasketLine[]) => {
      localStorage.setItem(place(programme, account), JSON.stringify(lines))
      dispatchEvent(new Event(changed))
    },
    [programme, account],
  )
  const lines = text ? readBasket(localStorage, programme, account) : []
  return {
    lines,
    put: (offerId, pieces) => save(withPieces(readBasket(localStorage, programme, account), offerId, pieces)),
    clear: () => save([]),
  }
}

function subscribe(onChange: () => void): () => void {
  addEventListener('storage', onChange)
  addEventListener(changed, onChange)
  return () => {
    removeEventListener('storage', onChange)
    removeEventListener(changed, onChange)
  }
}
