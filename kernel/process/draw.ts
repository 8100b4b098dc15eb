import { createHash } from 'node:crypto'
import type { Reader, Writer } from '../database/database.ts'
import { Refused } from '../result/result.ts'
import type { CaseKit } from './registry.ts'
import type { PanelState } from './states.ts'
import type { CaseRow } from './tables.ts'

/**
 * The seed of a draw: the leaf of the case's opening fact, which the applicant knows, and the log's signed head at the
 * time of the draw, which nobody knew when the case was opened. Both are public, so anyone may draw again.
 */
export const seedOf = (leaf: Buffer, checkpoint: string, caseId: string, moveNo: number): Buffer =>
  createHash('sha256').update(leaf).update(`\n${checkpoint}\n${caseId}\n${moveNo}`).digest()

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

/**
 * Draws a panel and records how. Left out are members of the case's own organisation and whoever opened it. Refuses
 * (thrown) `panel.too_few` {needed, found}.
 */
export async function drawSeats(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  state: PanelState,
): Promise<string[]> {
  const { pool, excluded } = await candidates(tx, row, state.from)
  if (pool.length < state.draw) throw new Refused('panel.too_few', { needed: state.draw, found: pool.length })
  const [log] = await tx.query<{ size: number; checkpoint: string | null }>(
    'select size, checkpoint from log where programme_id = $1',
    [tx.programme],
  )
  const seed = seedOf(row.opened_leaf, log?.checkpoint ?? '', row.id, row.move_no)
  const drawn = drawFrom(seed, pool, state.draw)
  const logSize = log?.size ?? 0
  const { id } = await kit.recorder.record(tx, {
    type: `${row.process}.drawn`,
    subject: row.id,
    holder: 'operator',
    pub: {
      case: row.id,
      state: row.state,
      move: row.move_no,
      seed: seed.toString('hex'),
      logSize,
      pool: digestOf(pool),
      excluded: digestOf(excluded),
      drawn: digestOf(drawn),
    },
  })
  await tx.query(
    `insert into process_draw (programme_id, case_id, move_no, seed, log_size, pool, excluded, drawn, fact_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tx.programme, row.id, row.move_no, seed, logSize, pool, excluded, drawn, id],
  )
  return drawn
}

async function candidates(tx: Reader, row: CaseRow, role: string) {
  const rows = await tx.query<{ id: string; partial: boolean }>(
    `select m.id, m.id is not distinct from $4::uuid or m.account_id = $6 or exists (
              select 1 from membership x where x.programme_id = $1 and x.member_id = m.id and x.organisation_id = $3
                and (x.valid_to is null or x.valid_to > $5)) as partial
       from member m where m.programme_id = $1 and m.closed_at is null and exists (
         select 1 from membership s where s.programme_id = $1 and s.member_id = m.id and s.role = $2
           and s.valid_from <= $5 and (s.valid_to is null or s.valid_to > $5))
      order by m.id`,
    [tx.programme, role, row.organisation_id, row.opened_member, tx.at, row.opened_by],
  )
  return {
    pool: rows.filter(({ partial }) => !partial).map(({ id }) => id),
    excluded: rows.filter(({ partial }) => partial).map(({ id }) => id),
  }
}
