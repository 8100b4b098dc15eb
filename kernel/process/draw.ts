import { createHash } from 'node:crypto'
import type { Reader, Writer } from '../database/database.ts'
import { OPERATOR } from '../fact/keyring.ts'
import type { CaseKit } from './registry.ts'
import type { PanelState } from './states.ts'
import type { CaseRow } from './tables.ts'

/**
 * The seed of a draw: the leaf of the case's opening fact, and the first head that the log signed over the fact after
 * which it is drawn (the move into the panel, or a seat's falling vacant). Whoever brings that fact about cannot know
 * the head, nor choose among several. Both are public, so anyone may draw again. What is left: who holds the log's own
 * key could leave out or add an entry before signing, and so try several heads; nobody else can. And a case that is
 * sent back and comes again is drawn for again: each draw stands in its trail.
 */
export const seedOf = (leaf: Buffer, checkpoint: string, caseId: string, moveNo: number, no = 0): Buffer =>
  createHash('sha256')
    .update(leaf)
    .update(`\n${checkpoint}\n${caseId}\n${moveNo}${no > 0 ? `\n${no}` : ''}`)
    .digest()

/** Those of the pool whose hash with the seed is smallest, in that order. */
export function drawFrom(seed: Buffer, pool: readonly string[], count: number): string[] {
  const ranked = pool.map(id => ({ id, rank: createHash('sha256').update(seed).update(id).digest('hex') }))
  return ranked
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id)
}

/** A list of ids in one order, as a hash that stands in a fact. */
export const digestOf = (ids: readonly string[]): string =>
  createHash('sha256')
    .update([...ids].sort().join('\n'))
    .digest('hex')

/** What a seed is made of beside the case. */
export interface Head {
  readonly size: number
  readonly checkpoint: string
  /** When the fact under it was recorded. */
  readonly at: Date
}

/** The log's first head over a fact; undefined as long as none is signed. */
export async function headOver(tx: Reader, fact: string): Promise<Head | undefined> {
  const [head] = await tx.query<Head>(
    `select h.size, h.checkpoint, f.at from log_entry e
       join fact f on f.programme_id = $1 and f.id = e.fact_id
       join log_head h on h.programme_id = $1 and h.size > e.log_index
      where e.programme_id = $1 and e.fact_id = $2 order by h.size limit 1`,
    [tx.programme, fact],
    'process-draw-head',
  )
  return head
}

export interface NewDraw {
  readonly state: PanelState
  /** The fact after which it is drawn, and the head over it. */
  readonly after: string
  readonly head: Head
  /** Of the draws of this move: 0 for its first. */
  readonly no: number
  readonly count: number
  readonly pool: readonly string[]
  readonly excluded: readonly string[]
}

/** Draws, and records how. */
export async function draw(tx: Writer, kit: CaseKit, row: CaseRow, it: NewDraw): Promise<string[]> {
  const { after, head, no, pool, excluded } = it
  const seed = seedOf(row.opened_leaf, head.checkpoint, row.id, row.move_no, no)
  const drawn = drawFrom(seed, pool, it.count)
  const { id } = await kit.recorder.record(tx, {
    type: `${row.process}.drawn`,
    subject: row.id,
    holder: OPERATOR,
    pub: {
      ...{ case: row.id, state: row.state, move: row.move_no, ...(no > 0 ? { no } : {}), after },
      ...{ seed: seed.toString('hex'), logSize: head.size },
      ...{ pool: digestOf(pool), excluded: digestOf(excluded), drawn: digestOf(drawn) },
    },
  })
  await tx.query(
    `insert into process_draw (programme_id, case_id, move_no, no, after_fact, seed, log_size, pool, excluded, drawn, fact_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [tx.programme, row.id, row.move_no, no, after, seed, head.size, pool, excluded, drawn, id],
  )
  return drawn
}

export interface Candidates {
  readonly pool: readonly string[]
  readonly excluded: readonly string[]
}

/**
 * Who holds the role now and held it at `since`, so that nobody joins once the head is known. Left out are members of
 * the case's own organisation, whoever opened it, and `without`.
 */
export async function candidatesOf(
  tx: Reader,
  row: CaseRow,
  role: string,
  { since = tx.at, without = [] }: { since?: Date; without?: readonly string[] } = {},
): Promise<Candidates> {
  const rows = await tx.query<{ id: string; partial: boolean }>(
    `select m.id, m.id is not distinct from $4::uuid or m.account_id = $6 or m.id = any($8::uuid[]) or exists (
              select 1 from membership x where x.programme_id = $1 and x.member_id = m.id and x.organisation_id = $3
                and (x.valid_to is null or x.valid_to > $5)) as partial
       from member m where m.programme_id = $1 and m.closed_at is null and exists (
         select 1 from membership s where s.programme_id = $1 and s.member_id = m.id and s.role = $2
           and s.valid_from <= least($5, $7::timestamptz) and (s.valid_to is null or s.valid_to > $5))
      order by m.id`,
    [tx.programme, role, row.organisation_id, row.opened_member, tx.at, row.opened_by, since, without],
  )
  return {
    pool: rows.filter(({ partial }) => !partial).map(({ id }) => id),
    excluded: rows.filter(({ partial }) => partial).map(({ id }) => id),
  }
}
