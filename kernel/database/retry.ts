import { setTimeout as pause } from 'node:timers/promises'

/** serialization_failure and deadlock_detected: the work was rolled back whole and may be done again. */
const retriable = new Set(['40001', '40P01'])

export const isRetriable = (error: unknown): boolean =>
  retriable.has((error as { code?: string })?.code ?? '')

const ATTEMPTS = 10

/** Does the work again, from its start, when the database rolled it back for another's sake. */
export async function withRetry<T>(work: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt)
    } catch (error) {
      if (!isRetriable(error) || attempt === ATTEMPTS) throw error
      // full jitter, so that those who collided do not meet again
      await pause(Math.random() * Math.min(1000, 5 * 2 ** attempt))
    }
  }
}
