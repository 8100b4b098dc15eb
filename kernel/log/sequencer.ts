import { setTimeout as pause } from 'node:timers/promises'
import type { Database, Scope, Writer } from '../database/database.ts'
import { type Keyring, LOG } from '../fact/keyring.ts'
import { factsRecorded, factsSequenced } from '../fact/signal.ts'
import { newId } from '../ids/ids.ts'
import { must, ok } from '../result/result.ts'
import { readCheckpoint, signCheckpoint, type TreeHead } from './note.ts'
import { edgeOf, grow, rootFromEdge, type Tile } from './tree.ts'

/** Facts taken at once: a batch stays well below a second. */
const BATCH = 4096

export interface SequenceOptions {
  /** Respects and takes the lease under this name; without it, only the row lock decides. */
  readonly owner?: string
  /** The time of the batch, for the demonstration loader. */
  readonly at?: Date
}

/** The stored tree does not bear out the last head we signed: nothing may be signed upon it. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged'
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

interface LogRow {
  readonly size: number
  readonly checkpoint: string | null
}

async function anythingWaits(tx: Writer): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from fact_pending where programme_id = $1 limit 1',
    [tx.programme],
    'log-waiting',
  )
  return rows.length > 0
}

const LEASE_MS = 3_000

/** The log's row, ours until the transaction ends; undefined while another's lease holds. */
async function lockLog(tx: Writer, owner: string | undefined): Promise<LogRow | undefined> {
  if (owner === undefined) {
    const lock = 'select size, checkpoint from log where programme_id = $1 for update'
    return (await tx.query<LogRow>(lock, [tx.programme], 'log-lock'))[0]
  }
  // leases are of the real time, whatever time the transaction tells
  const now = Date.now()
  const [log] = await tx.query<LogRow>(
    `update log set lease_owner = $2, lease_until = $4
     where programme_id = $1 and (lease_owner is null or lease_owner = $2 or lease_until < $3)
     returning size, checkpoint`,
    [tx.programme, owner, new Date(now), new Date(now + LEASE_MS)],
    'log-lease',
  )
  return log
}

interface WaitingFact {
  readonly fact_id: string
  readonly type: string
  readonly leaf_hash: Buffer
}

async function sequence(tx: Writer, keyring: Keyring, log: LogRow): Promise<number> {
  const facts = await tx.query<WaitingFact>(
    `select p.fact_id, f.type, f.leaf_hash from fact_pending p
     join fact f on f.programme_id = p.programme_id and f.id = p.fact_id
     where p.programme_id = $1 order by p.rank, p.fact_id limit $2`,
    [tx.programme, BATCH],
    'log-take',
  )
  if (facts.length === 0) return 0
  const edge = await readEdge(tx, log)
  const grown = grow(
    log.size,
    edge,
    facts.map(fact => fact.leaf_hash),
  )
  await writeEntries(tx, log.size, facts)
  await writeTiles(tx, grown.tiles)
  await writeHead(tx, keyring, grown)
  return facts.length
}

/** The right edge of the stored tree, checked against the head that we signed last. */
async function readEdge(tx: Writer, { size, checkpoint }: LogRow): Promise<Tile[]> {
  const wanted = edgeOf(size)
  const rows = await tx.query<{ level: number; index: number; hashes: Buffer }>(
    `select t.level, t.tile_index as index, t.hashes from unnest($2::smallint[], $3::bigint[]) as w(level, tile_index)
     join log_tile t on t.programme_id = $1 and t.level = w.level and t.tile_index = w.tile_index`,
    [tx.programme, wanted.map(tile => tile.level), wanted.map(tile => tile.index)],
    'log-edge',
  )
  const edge = wanted.map(({ level, index, width }) => {
    const row = rows.find(tile => tile.level === level && tile.index === index)
    if (row?.hashes.length !== width * 32)
      throw new LogDamaged(`tile ${level}/${index} has not ${width} hashes`)
    return row
  })
  const signed = checkpoint === null ? undefined : readCheckpoint(checkpoint)
  const fits = signed ? signed.size === size && signed.root.equals(rootFromEdge(edge)) : size === 0
  if (!fits) throw new LogDamaged(`the tree of ${size} entries is not the one signed`)
  return edge
}

async function writeEntries(tx: Writer, size: number, facts: readonly WaitingFact[]): Promise<void> {
  const ids = facts.map(fact => fact.fact_id)
  await tx.query(
    `insert into log_entry (programme_id, log_index, fact_id, type, leaf_hash, sequenced_at)
     select $1, $2::bigint + e.place - 1, e.fact_id, e.type, e.leaf_hash, $3
     from unnest($4::uuid[], $5::text[], $6::bytea[]) with ordinality as e(fact_id, type, leaf_hash, place)`,
    [tx.programme, size, tx.at, ids, facts.map(fact => fact.type), facts.map(fact => fact.leaf_hash)],
    'log-entries',
  )
  await tx.query(
    'delete from fact_pending where programme_id = $1 and fact_id = any($2)',
    [tx.programme, ids],
    'log-taken',
  )
}

async function writeTiles(tx: Writer, tiles: readonly Tile[]): Promise<void> {
  await tx.query(
    `insert into log_tile (programme_id, level, tile_index, hashes)
     select $1, t.level, t.tile_index, t.hashes
     from unnest($2::smallint[], $3::bigint[], $4::bytea[]) as t(level, tile_index, hashes)
     on conflict (programme_id, level, tile_index) do update set hashes = excluded.hashes`,
    [
      tx.programme,
      tiles.map(tile => tile.level),
      tiles.map(tile => tile.index),
      tiles.map(tile => tile.hashes),
    ],
    'log-tiles',
  )
}

async function writeHead(tx: Writer, keyring: Keyring, head: TreeHead): Promise<void> {
  const key = await keyring.find(tx, LOG)
  if (!key) throw new LogDamaged('the log has no key')
  const checkpoint = signCheckpoint(head, { ...key, name: await keyring.origin(tx) })
  await tx.query(
    'insert into log_head (programme_id, size, checkpoint, signed_at) values ($1, $2, $3, $4)',
    [tx.programme, head.size, checkpoint, tx.at],
    'log-head',
  )
  await tx.query(
    'update log set size = $2, checkpoint = $3 where programme_id = $1',
    [tx.programme, head.size, checkpoint],
    'log-checkpoint',
  )
}

export interface SequencerConfig {
  /** Under the role `batch`. */
  readonly database: Database
  readonly keyring: Keyring
  readonly programmes: readonly string[]
  /** Aborted to stop: the batch under way is finished and the lease given back. */
  readonly signal: AbortSignal
  /** Told when a batch failed; the sequencer goes on trying. */
  readonly onError?: (programme: string, error: unknown) => void
}

const POLL_MS = 250
/** Under load a checkpoint at most this often; a fact that comes to an idle log waits for nothing. */
const PACE_MS = 50
const AFTER_ERROR_MS = 1_000

/** Sequences the programmes until stopped. Any number of processes may do so; one at a time holds a log's lease. */
export function startSequencer(config: SequencerConfig): { readonly stopped: Promise<void> } {
  const owner = newId()
  return {
    stopped: Promise.all(config.programmes.map(programme => run(config, programme, owner))).then(
      () => undefined,
    ),
  }
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
