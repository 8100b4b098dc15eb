import { liveQuery } from 'dexie'
import { store } from './store.ts'

export function watchCount(programme: string, tell: (count: number) => void): () => void {
  const watched = liveQuery(() => store.lines.where({ programme }).count()).subscribe({
    next: tell,
    error: () => undefined,
  })
  return () => watched.unsubscribe()
}
