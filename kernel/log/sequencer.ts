import { setTimeout as pause } from 'node:timers/promises'
import type { Database, Scope } from '../database/database.ts'
import type { Keyring } from '../fact/keyring.ts'
import { factsRecorded, factsSequenced } from '../fact/signal.ts'
import { newId } from '../ids/ids.ts'
import { must, ok } from '../result/result.ts'
import { anythingWaits, BATCH, lockLog, sequence } from './batch.ts'
import { forEachProgramme, type Programmes } from './programmes.ts'

export interface SequenceOptions {
  /** Respects and takes the lease under this name; without it, only the row lock decides. */
  readonly owner?: string
  /** The time of the batch, for the demonstration loader. */
  readonly at?: Date
}

/**
 * Puts up to 4,096 waiting facts into the log: entries, tiles and the new signed checkpoint in one transaction. Returns
 * how many; 0 when none wait, or when another's lease holds. Signs nothing when nothing waits.
 */
export async function sequenceOnce(
  database: Database,
  keyring: Keyring,
  programme: string,
  options: SequenceOptions = {},
): Promise<number> {
  const count = await attempt(database, keyring, programme, options)
  return count === 'leased' ? 0 : count
}

async function attempt(
  database: Database,
  keyring: Keyring,
  programme: string,
  { owner, at }: SequenceOptions,
): Promise<number | 'leased'> {
  const scope: Scope = { programme, actor: 'system', ...(at ? { at } : {}) }
  const count = must(
    await database.write<number | 'leased'>(scope, async tx => {
      if (!(await anythingWaits(tx))) return ok(0)
      const log = await lockLog(tx, owner)
      return ok(log ? await sequence(tx, keyring, log) : 'leased')
    }),
  )
  if (count !== 'leased' && count > 0) factsSequenced.raise(programme)
  return count
}

/** Sequences all that waits now; returns how many facts. */
export async function drain(
  database: Database,
  keyring: Keyring,
  programme: string,
  options: SequenceOptions = {},
): Promise<number> {
  let total = 0
  for (let count = -1; count !== 0; total += count)
    count = await sequenceOnce(database, keyring, programme, options)
  return total
}

export interface SequencerConfig {
  /** Under the role `batch`. */
  readonly database: Database
  readonly keyring: Keyring
  readonly programmes: Programmes
  /** Aborted to stop: the batch under way is finished and the lease given back. */
  readonly signal: AbortSignal
  /** Told when a batch failed; the sequencer goes on trying. */
  readonly onError?: (programme: string, error: unknown) => void
}

const POLL_MS = 250
/** Under load a checkpoint at most this often; a fact that comes to an idle log waits for nothing. */
const PACE_MS = 200
const AFTER_ERROR_MS = 1_000

/** Sequences the programmes until stopped. Any number of processes may do so; one at a time holds a log's lease. */
export function startSequencer(config: SequencerConfig): { readonly stopped: Promise<void> } {
  const owner = newId()
  return { stopped: forEachProgramme(config, programme => run(config, programme, owner)) }
}

async function run(config: SequencerConfig, programme: string, owner: string): Promise<void> {
  const { database, keyring, signal } = config
  while (!signal.aborted) {
    const seen = factsRecorded.count(programme)
    try {
      const count = await attempt(database, keyring, programme, { owner })
      if (count === 'leased') await sleep(POLL_MS, signal)
      else if (count === 0) await factsRecorded.wait(programme, seen, POLL_MS, signal)
      else if (count < BATCH) await sleep(PACE_MS, signal)
    } catch (error) {
      config.onError?.(programme, error)
      await sleep(AFTER_ERROR_MS, signal)
    }
  }
  await giveBack(config, programme, owner)
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => undefined)

async function giveBack(
  { database, onError }: SequencerConfig,
  programme: string,
  owner: string,
): Promise<void> {
  const release = database.write({ programme, actor: 'system' }, async tx =>
    ok(
      await tx.query(
        'update log set lease_owner = null, lease_until = null where programme_id = $1 and lease_owner = $2',
        [programme, owner],
      ),
    ),
  )
  await release.catch(error => onError?.(programme, error))
}
