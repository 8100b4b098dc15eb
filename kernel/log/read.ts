import type { Database, Reader, Scope } from '../database/database.ts'
import { servedHead } from './cosignatures.ts'
import { logKeys } from './keys.ts'
import { HASH_BYTES } from './merkle.ts'
import { TILE_WIDTH } from './tree.ts'

/** The log is open to everyone: it is read on nobody's behalf. */
export const publicScope = (programme: string): Scope => ({ programme, actor: 'anyone' })

/** The signed tree head with its cosignatures; undefined as long as there is no log or nothing in it. */
export const checkpoint = (database: Database, programme: string): Promise<string | undefined> =>
  database.read(publicScope(programme), async tx => (await servedHead(tx))?.checkpoint)

/** The verifier key of the log: while it changes keys, the one that will stay. */
export const vkey = (database: Database, programme: string): Promise<string | undefined> =>
  database.read(
    publicScope(programme),
    async tx => (await logKeys(tx)).findLast(({ alg, retired }) => alg === 'ed25519' && !retired)?.vkey,
  )

/** Bytes of a hash tile of which 256, or once published exactly `width`, hashes were there; else undefined. */
export const tile = (
  database: Database,
  programme: string,
  level: number,
  index: number,
  width: number,
): Promise<Buffer | undefined> =>
  database.read(publicScope(programme), async tx => {
    if (!(await wasPublished(tx, level, index, width))) return undefined
    const [row] = await tx.query<{ hashes: Buffer }>(
      `select substring(hashes from 1 for $4) as hashes from log_tile
       where programme_id = $1 and level = $2 and tile_index = $3`,
      [programme, level, index, width * HASH_BYTES],
      'log-read-tile',
    )
    return row?.hashes.length === width * HASH_BYTES ? row.hashes : undefined
  })

/** Bytes of an entry bundle, (u16 big-endian length ‖ entry)*, under the same condition as its level-0 tile. */
export const bundle = (
  database: Database,
  programme: string,
  index: number,
  width: number,
): Promise<Buffer | undefined> =>
  database.read(publicScope(programme), async tx => {
    if (!(await wasPublished(tx, 0, index, width))) return undefined
    const first = index * TILE_WIDTH
    const rows = await tx.query<{ entry: Buffer }>(
      `select f.entry from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
       where e.programme_id = $1 and e.log_index >= $2 and e.log_index < $3 order by e.log_index`,
      [programme, first, first + width],
      'log-read-bundle',
    )
    return rows.length === width
      ? Buffer.concat(rows.flatMap(({ entry }) => [u16(entry.length), entry]))
      : undefined
  })

/** A partial tile is served when a signed head had it, so that what is cached for ever was meant to be seen. */
async function wasPublished(tx: Reader, level: number, index: number, width: number): Promise<boolean> {
  const unit = TILE_WIDTH ** level
  const least = (index * TILE_WIDTH + width) * unit
  if (width < 1 || width > TILE_WIDTH || !Number.isSafeInteger(least + unit)) return false
  const upTo = width === TILE_WIDTH ? Number.MAX_SAFE_INTEGER : least + unit
  const heads = await tx.query(
    'select 1 from log_head where programme_id = $1 and size >= $2 and size < $3 limit 1',
    [tx.programme, least, upTo],
    'log-read-published',
  )
  return heads.length > 0
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
