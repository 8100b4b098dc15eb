import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '@silian/kernel/database/database.ts'
import { newestHead } from '@silian/kernel/log/cosignatures.ts'
import { forEachProgramme, type Programmes } from '@silian/kernel/log/programmes.ts'

const EVERY_MS = 1_000

/** The checkpoint of a programme that was kept outside the database last; nothing where none was. */
export const keptHead = (folder: string, programme: string): Promise<Uint8Array | undefined> =>
  readFile(join(folder, `${programme}.checkpoint`)).then(
    bytes => new Uint8Array(bytes),
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return undefined
    },
  )

export interface HeadKeeping {
  readonly database: Database
  readonly folder: string
  readonly programmes: Programmes
  readonly signal: AbortSignal
  readonly onError?: (programme: string, error: unknown) => void
}

/** Keeps each log's newest checkpoint in a folder outside the database, every second in which there is a new one. */
export const keepHeads = (config: HeadKeeping): { readonly stopped: Promise<void> } => ({
  stopped: forEachProgramme(config, async programme => {
    let kept = -1
    while (!config.signal.aborted) {
      kept = await keepNewer(config, programme, kept).catch(error => {
        config.onError?.(programme, error)
        return kept
      })
      await pause(EVERY_MS, undefined, { signal: config.signal }).catch(() => undefined)
    }
  }),
})

async function keepNewer(
  { database, folder }: HeadKeeping,
  programme: string,
  kept: number,
): Promise<number> {
  const head = await database.read({ programme, actor: 'system' }, newestHead)
  if (!head || head.size <= kept) return kept
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${programme}.checkpoint`)
  const handle = await open(`${file}.new`, 'w')
  await handle.writeFile(head.checkpoint)
  await handle.sync()
  await handle.close()
  await rename(`${file}.new`, file)
  return head.size
}
