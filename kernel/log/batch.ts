import { bigintArray, byteaArray, intArray, textArray, uuidArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import type { Keyring } from '../fact/keyring.ts'
import { signersOf } from './keys.ts'
import { readCheckpoint, signCheckpoint, type TreeHead } from './note.ts'
import { edgeOf, grow, rootFromEdge, type Tile } from './tree.ts'

/** Facts taken at once: a batch stays well below a second. */
export const BATCH = 4096

/** The stored tree does not bear out the last head we signed: nothing may be signed upon it. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged'
}

export interface LogRow {
  readonly size: number
  readonly checkpoint: string | null
}

export async function anythingWaits(tx: Writer): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from fact_pending where programme_id = $1 limit 1',
    [tx.programme],
    'log-waiting',
  )
  return rows.length > 0
}

const LEASE_MS = 3_000

/** The log's row, ours until the transaction ends; undefined while another's lease holds, or for good when it stands still. */
export async function lockLog(tx: Writer, owner: string | undefined): Promise<LogRow | undefined> {
  if (owner === undefined) {
    const lock = 'select size, checkpoint from log where programme_id = $1 and halted_at is null for update'
    return (await tx.query<LogRow>(lock, [tx.programme], 'log-lock'))[0]
  }
  // leases are of the real time, whatever time the transaction tells
  const now = Date.now()
  const [log] = await tx.query<LogRow>(
    `update log set lease_owner = $2, lease_until = $4
     where programme_id = $1 and halted_at is null and (lease_owner is null or lease_owner = $2 or lease_until < $3)
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

/** Moves a batch of waiting facts into the log whose row is locked; returns how many. */
export async function sequence(tx: Writer, keyring: Keyring, log: LogRow): Promise<number> {
  const facts = await tx.query<WaitingFact>(
    `select p.fact_id, f.type, f.leaf_hash from fact_pending p
     join fact f on f.programme_id = p.programme_id and f.id = p.fact_id
     where p.programme_id = $1 order by p.rank, p.place limit $2`,
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
  const ids = uuidArray(facts.map(fact => fact.fact_id))
  await tx.query(
    `insert into log_entry (programme_id, log_index, fact_id, type, leaf_hash, sequenced_at)
     select $1, $2::bigint + e.place - 1, e.fact_id, e.type, e.leaf_hash, $3
     from unnest($4::uuid[], $5::text[], $6::bytea[]) with ordinality as e(fact_id, type, leaf_hash, place)`,
    [
      tx.programme,
      size,
      tx.at,
      ids,
      textArray(facts.map(fact => fact.type)),
      byteaArray(facts.map(fact => fact.leaf_hash)),
    ],
    'log-entries',
  )
  await tx.query(
    'delete from fact_pending where programme_id = $1 and fact_id = any($2::uuid[])',
    [tx.programme, ids],
    'log-taken',
  )
}

async function writeTiles(tx: Writer, tiles: readonly Tile[]): Promise<void> {
  await tx.query(
    `insert into log_tile (programme_id, level, tile_index, hashes)
     select $1, t.level, t.tile_index, t.hashes
     from unnest($2::int[], $3::bigint[], $4::bytea[]) as t(level, tile_index, hashes)
     on conflict (programme_id, level, tile_index) do update set hashes = excluded.hashes`,
    [
      tx.programme,
      intArray(tiles.map(tile => tile.level)),
      bigintArray(tiles.map(tile => tile.index)),
      byteaArray(tiles.map(tile => tile.hashes)),
    ],
    'log-tiles',
  )
}

async function writeHead(tx: Writer, keyring: Keyring, head: TreeHead): Promise<void> {
  const checkpoint = signCheckpoint(head, await keyring.origin(tx), await signersOf(tx, keyring))
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
