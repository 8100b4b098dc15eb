import { setTimeout as pause } from 'node:timers/promises'

/** The programmes to work for: those named, or those that there are whenever it is asked. */
export type Programmes = readonly string[] | (() => Promise<readonly string[]>)

const LOOK_MS = 1_000

export interface Watch {
  readonly programmes: Programmes
  readonly signal: AbortSignal
  /** Told when they could not be listed; it is tried again. */
  readonly onError?: (programme: string, error: unknown) => void
}

/** Runs something for every programme, also for those that are made meanwhile, until stopped and all have ended. */
export async function forEachProgramme(
  { programmes, signal, onError }: Watch,
  run: (programme: string) => Promise<unknown>,
): Promise<void> {
  const running = new Map<string, Promise<unknown>>()
  const start = (ids: readonly string[]) => {
    for (const id of ids) if (!running.has(id)) running.set(id, run(id))
  }
  if (typeof programmes !== 'function') start(programmes)
  else
    while (!signal.aborted) {
      await programmes().then(start, error => onError?.('platform', error))
      await pause(LOOK_MS, undefined, { signal }).catch(() => undefined)
    }
  await Promise.all(running.values())
}
