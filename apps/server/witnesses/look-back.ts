import { createHash } from 'node:crypto'
import type { Database } from '@silian/kernel/database/database.ts'
import { newestHead } from '@silian/kernel/log/cosignatures.ts'
import { type Halt, haltLog } from '@silian/kernel/log/halt.ts'
import { rootAt } from '@silian/kernel/log/proofs.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { equalBytes } from '@silian/verifier/bytes.ts'
import { openCheckpoint } from '@silian/verifier/checkpoint.ts'
import { type Asked, WitnessFailed } from './ask.ts'

const WAIT_MS = 3_000

/**
 * Asks a witness for the last tree that it saw of a programme's log and compares it with ours. One that is larger, or
 * another of that size, and signed with our own key, lets the log stand still: an old backup was restored beside it, or
 * the database was changed. Says why, if so. Throws WitnessFailed when it gives no answer that could be used.
 */
export async function lookBack(
  database: Database,
  programme: string,
  witness: Asked,
): Promise<Halt | undefined> {
  const key = await vkey(database, programme)
  const seen = key === undefined ? undefined : await seenBy(witness, key.split('+')[0]!)
  if (key === undefined || seen === undefined) return undefined
  return compareWith(database, programme, { key, seen, by: witness.key.name })
}

interface Seen {
  readonly key: string
  readonly seen: Uint8Array
  readonly by: string
}

/** The same for a head that was kept outside: `by` says by whom. Only a tree that our own key signed says anything of us. */
export async function compareWith(
  database: Database,
  programme: string,
  { key, seen, by }: Seen,
): Promise<Halt | undefined> {
  const opened = await openCheckpoint(seen, { vkey: key })
  if (!opened.ok) throw new WitnessFailed(`${by} shows a checkpoint that is not ours: ${opened.problem.name}`)
  const { size, root } = opened.value
  const ours = await database.read({ programme, actor: 'system' }, async tx => {
    const head = await newestHead(tx)
    return { size: head?.size ?? 0, root: head && size <= head.size ? await rootAt(tx, size) : undefined }
  })
  if (ours.root && equalBytes(ours.root, root)) return undefined
  const why = size > ours.size ? 'behind' : 'forked'
  const halt: Halt = { why, by, checkpoint: new TextDecoder().decode(seen) }
  must(await database.write({ programme, actor: 'system' }, async tx => ok(await haltLog(tx, halt))))
  return halt
}

async function seenBy({ key, url }: Asked, origin: string): Promise<Uint8Array | undefined> {
  const hash = createHash('sha256').update(origin).digest('hex')
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/${hash}/checkpoint`, {
      signal: AbortSignal.timeout(WAIT_MS),
    })
    if (response.status === 404) return undefined
    if (response.status !== 200) throw new WitnessFailed(`${key.name} answered ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    throw error instanceof WitnessFailed ? error : new WitnessFailed((error as Error).message)
  }
}
