import { useCallback, useState } from 'react'
import { newId } from './ids.ts'

/** What a form keeps until its command succeeded: the key that makes it one intention, and the draft. */
export interface Kept<T> {
  readonly key: string
  readonly draft: T
}

export interface Intention<T> extends Kept<T> {
  setDraft(draft: T): void
  /** Forget it: the command succeeded, or the user gave it up. */
  done(): void
}

const place = (name: string) => `silian.intention.${name}`

/** The intention of that name in this tab, or a new one with the given draft. */
export function readIntention<T>(storage: Storage, name: string, empty: T): Kept<T> {
  try {
    const kept = JSON.parse(storage.getItem(place(name)) ?? 'null') as Kept<T> | null
    if (kept && typeof kept.key === 'string') return kept
  } catch {
    // an unreadable draft is as good as none
  }
  const fresh = { key: newId(), draft: empty }
  keep(storage, name, fresh)
  return fresh
}

function keep<T>(storage: Storage, name: string, kept: Kept<T>): void {
  try {
    storage.setItem(place(name), JSON.stringify(kept))
  } catch {
    // a full or forbidden store costs the draft, not the command
  }
}

/**
 * One idempotency key for one intention: made when the form opens and kept with the draft over reloads, so that
 * sending twice is doing once.
 */
export function useIntention<T>(name: string, empty: T): Intention<T> {
  const [kept, setKept] = useState(() => readIntention(sessionStorage, name, empty))
  const setDraft = useCallback(
    (draft: T) =>
      setKept(({ key }) => {
        keep(sessionStorage, name, { key, draft })
        return { key, draft }
      }),
    [name],
  )
  const done = useCallback(() => {
    sessionStorage.removeItem(place(name))
    setKept(readIntention(sessionStorage, name, empty))
  }, [name, empty])
  return { ...kept, setDraft, done }
}
