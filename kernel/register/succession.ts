import type { z } from 'zod'
import type { Reach } from '../access/permit.ts'
import { uuidArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import type { successionPreview } from './contract.ts'
import type { Register } from './define.ts'
import type { RegisterKit } from './kit.ts'
import { type EndRefusal, endRefusal, endRow, holdRow } from './service.ts'
import type { StoredRow } from './stored.ts'
import { tableOf } from './table.ts'

export interface Succession {
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** First day of the new state; default today. */
  readonly on?: string | undefined
  readonly reason: string
}

/**
 * Rows end and others go on in their place: many into one, or one into many. What the register says passes over, in
 * the same transaction. Refuses `row.not_found`, `row.closed`, `row.out_of_order`, and `row.own_successor` for a row
 * on both sides.
 */
export async function succeedRows(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  { from, to, on = dateOf(tx.at), reason }: Succession,
): Promise<Result<{ ended: number }, EndRefusal | 'row.own_successor'>> {
  const [ends, goesOn] = [new Set(from), new Set(to)]
  const both = from.find(id => goesOn.has(id))
  if (both !== undefined) return refuse('row.own_successor', { id: both })
  const rows = new Map<string, StoredRow>()
  // in the order of ids: two successions at once wait for each other and never in a ring
  for (const id of [...ends, ...goesOn].sort()) {
    const row = await holdRow(tx, kit, register, reach, id)
    if (!row) return refuse('row.not_found', { id })
    const refused = endRefusal(tx, row, ends.has(id) ? { on, reason } : { reason })
    if (refused) return refused
    rows.set(id, row)
  }
  const told = new Map<string, Buffer>()
  for (const id of ends) {
    const said = { happening: 'succeeded', to: [...goesOn] } as const
    const { leafHash } = await endRow(tx, kit, register, rows.get(id)!, { on, reason }, said)
    told.set(id, leafHash)
  }
  const pairs = [...ends].flatMap(a => [...goesOn].map(b => [a, b] as const))
  await tx.query(
    `insert into register_succession (programme_id, register, from_id, to_id, passed_on, reason, recorded_at, recorded_by)
     select $1, $2, u.a, u.b, $5::date, $6, $7, $8 from unnest($3::uuid[], $4::uuid[]) u (a, b)`,
    [
      ...[tx.programme, register.name, uuidArray(pairs.map(([a]) => a)), uuidArray(pairs.map(([, b]) => b))],
      ...[on, reason, tx.at, tx.actor],
    ],
  )
  await register.passOver?.(tx, kit, { from: [...ends], to: [...goesOn], on, told })
  return ok({ ended: ends.size })
}

/** What a succession would do; for a transaction that is rolled back. Refuses as `succeedRows`. */
export async function previewSuccession(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  registers: readonly Register[],
  reach: Reach,
  succession: Succession,
): Promise<Result<Preview, EndRefusal | 'row.own_successor'>> {
  const named: Preview['named'] = []
  for (const other of registers) {
    const count = await naming(tx, register, other, succession.from)
    if (count > 0) named.push({ register: other.name, count })
  }
  const done = await succeedRows(tx, kit, register, reach, succession)
  return done.ok ? ok({ ended: done.value.ended, named }) : done
}

type Preview = z.infer<typeof successionPreview>

async function naming(
  tx: Writer,
  register: Register,
  other: Register,
  ids: readonly string[],
): Promise<number> {
  const fields = tableOf(other).fields.filter(({ spec }) => spec.kind === 'row' && spec.of === register.name)
  if (fields.length === 0) return 0
  const [row] = await tx.query<{ n: number }>(
    `select count(*) as n from ${other.name} where programme_id = $1 and valid_to is null
       and (${fields.map(({ column }) => `${column} = any($2::uuid[])`).join(' or ')})`,
    [tx.programme, uuidArray(ids)],
  )
  return row!.n
}
