import canonicalize from 'canonicalize'
import type { Database, Reader } from '../database/database.ts'
import { storedEntry } from '../fact/entry.ts'
import type { Opening } from '../fact/hidden.ts'
import { newestHead, type ServedHead, servedHead } from './cosignatures.ts'
import { packed } from './extra.ts'
import { EMPTY_ROOT } from './merkle.ts'
import { publicScope } from './read.ts'
import { consistencyPath, inclusionPath, type Range, rootOfRange, type TileId, tilesFor } from './tree.ts'

/** Hashes from the leaf's sibling up, and the root they lead to. */
export interface InclusionProof {
  readonly index: number
  readonly size: number
  readonly root: Buffer
  readonly hashes: readonly Buffer[]
}

export interface ConsistencyProof {
  readonly from: number
  readonly to: number
  readonly hashes: readonly Buffer[]
}

async function rootsOf(tx: Reader, ranges: readonly Range[]): Promise<Buffer[]> {
  const wanted = tilesFor(ranges)
  const rows = await tx.query<TileId & { hashes: Buffer }>(
    `select t.level, t.tile_index as index, t.hashes from unnest($2::smallint[], $3::bigint[]) as w(level, tile_index)
     join log_tile t on t.programme_id = $1 and t.level = w.level and t.tile_index = w.tile_index`,
    [tx.programme, wanted.map(tile => tile.level), wanted.map(tile => tile.index)],
    'proof-tiles',
  )
  const hashes = new Map(rows.map(row => [`${row.level}/${row.index}`, row.hashes]))
  return ranges.map(range =>
    rootOfRange(range, tile => hashes.get(`${tile.level}/${tile.index}`) ?? Buffer.alloc(0)),
  )
}

/** Proof that the entry stands in the tree of `size` (now, if left out); undefined beyond it. */
export const inclusionProof = (
  database: Database,
  programme: string,
  index: number,
  size?: number,
): Promise<InclusionProof | undefined> =>
  database.read(publicScope(programme), async tx => {
    const head = await newestHead(tx)
    const of = size ?? head?.size ?? 0
    if (!head || !isWithin(of, head.size) || !isWithin(index, of - 1)) return undefined
    const [root, ...hashes] = await rootsOf(tx, [{ start: 0, end: of }, ...inclusionPath(index, of)])
    return root && { index, size: of, root, hashes }
  })

/** Proof that the tree of `from` entries begins that of `to` (now, if left out); undefined beyond it, or from 0. */
export const consistencyProof = (
  database: Database,
  programme: string,
  from: number,
  to?: number,
): Promise<ConsistencyProof | undefined> =>
  database.read(publicScope(programme), async tx => {
    const head = await newestHead(tx)
    const upTo = to ?? head?.size ?? 0
    if (!head || !isWithin(upTo, head.size) || !isWithin(from, upTo) || from === 0) return undefined
    return { from, to: upTo, hashes: await rootsOf(tx, consistencyPath(from, upTo)) }
  })

/** Root of the tree when it had `size` entries, which it has or had. */
export async function rootAt(tx: Reader, size: number): Promise<Buffer> {
  if (size === 0) return EMPTY_ROOT
  const [root] = await rootsOf(tx, [{ start: 0, end: size }])
  return root!
}

const isWithin = (n: number, most: number): boolean => Number.isSafeInteger(n) && n >= 0 && n <= most

/** One amount in the figure that a fact publishes, as a receipt tells it (docs/log-format.md). */
export type ShareJson = Readonly<Record<string, unknown>>

/** An entry whose receipt is asked for, with what the receipt opens. */
interface Proving {
  readonly index: number
  readonly entry: Buffer
  readonly openings?: readonly Opening[]
  readonly share?: ShareJson | undefined
}

/**
 * The receipt of a fact as a C2SP `.tlog-proof` against a checkpoint that witnesses saw if there is one, with its entry,
 * the given openings of hidden fields and a share; undefined as long as the fact is not in the log.
 */
export const tlogProof = (
  database: Database,
  programme: string,
  factId: string,
  openings: readonly Opening[] = [],
  share?: ShareJson,
): Promise<string | undefined> =>
  database.read(publicScope(programme), async tx => {
    const [row] = await tx.query<{ index: number; entry: Buffer }>(
      `select e.log_index as index, f.entry from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
       where e.programme_id = $1 and e.fact_id = $2`,
      [programme, factId],
      'proof-entry',
    )
    // tiles read later only have more than the head tells of
    const head = row && (await servedHead(tx, row.index))
    if (!head || row.index >= head.size) return undefined
    const [proof] = await proofsIn(tx, head, [{ ...row, openings, share }])
    return proof
  })

/** Receipts of entries that the head covers, in the order given: with as many statements for many as for one. */
export async function proofsIn(tx: Reader, head: ServedHead, wanted: readonly Proving[]): Promise<string[]> {
  const origin = head.checkpoint.split('\n')[0]!
  const isFormer = ({ entry }: Proving) => storedEntry(entry).log !== origin
  const names = wanted.some(isFormer) ? await namesIn(tx, head) : []
  const paths = await pathsOf(tx, head.size, [...wanted, ...names])
  const shown = names.map(({ index, entry }, i) => ({
    index,
    entry: objectIn(entry),
    path: paths[wanted.length + i]!.map(base64),
  }))
  return wanted.map((proving, i) => {
    const extra = extraOf(proving, isFormer(proving) ? shown : undefined)
    const lines = [
      'c2sp.org/tlog-proof@v1',
      `extra ${extra}`,
      `index ${proving.index}`,
      ...paths[i]!.map(base64),
    ]
    return `${lines.join('\n')}\n\n${head.checkpoint}`
  })
}

/** Within canonical JSON it is the same bytes again; as a text every quote of it would be escaped. */
const objectIn = (entry: Buffer): object => JSON.parse(entry.toString()) as object

const base64 = (hash: Buffer): string => hash.toString('base64')

/** How the log came to the name that it has in the head: its first entry, and each change of its name. */
const namesIn = (tx: Reader, head: ServedHead): Promise<{ index: number; entry: Buffer }[]> =>
  tx.query<{ index: number; entry: Buffer }>(
    `select e.log_index as index, f.entry from log_entry e join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
      where e.programme_id = $1 and e.log_index < $2 and (e.log_index = 0 or e.type = 'log.succeeded') order by e.log_index`,
    [tx.programme, head.size],
    'proof-names',
  )

/** The hashes from each entry's sibling up, all out of one reading of the tiles. */
async function pathsOf(
  tx: Reader,
  size: number,
  entries: readonly { readonly index: number }[],
): Promise<Buffer[][]> {
  const ranges = entries.map(({ index }) => inclusionPath(index, size))
  const hashes = await rootsOf(tx, ranges.flat())
  return ranges.map(({ length }) => hashes.splice(0, length))
}

function extraOf({ entry, openings = [], share }: Proving, names?: readonly object[]): string {
  const open = Object.fromEntries(
    openings.map(({ field, salt, value }) => [field, { salt: base64(salt), value: base64(value) }]),
  )
  const extra = {
    ...{ entry: objectIn(entry), ...(openings.length > 0 && { open }) },
    ...{ ...(share && { share }), ...(names && { names }) },
  }
  return base64(packed(Buffer.from(canonicalize(extra)!)))
}
