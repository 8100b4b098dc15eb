import type { Writer } from '../database/database.ts'
import type { Register } from './define.ts'
import { tell } from './facts.ts'
import type { RegisterKit } from './kit.ts'
import { keepWords } from './search.ts'
import { openRows, type Raw, rawParts, selected } from './stored.ts'
import { tableOf } from './table.ts'

/** Rows that are told of at once. */
const MOST = 500

/**
 * Tells of rows that stood before their table was a register's, which a migration gave version 0: they get their first
 * version, their fact and their words. Answers how many; those that remain are for the next call.
 */
export async function adoptRows(tx: Writer, kit: RegisterKit, register: Register): Promise<number> {
  const { name } = tableOf(register)
  const raw = await tx.query<Raw>(
    `select ${selected(register)} from ${name} t where t.programme_id = $1 and t.version = 0
      order by t.id limit ${MOST} for no key update`,
    [tx.programme],
    `register-adopt-${name}`,
  )
  if (raw.length === 0) return 0
  const ids = raw.map(({ id }) => id)
  const rows = await openRows(tx, kit, register, raw, await rawParts(tx, register, ids))
  await tx.query(
    `update ${name} set version = 1, recorded_at = $3 where programme_id = $1 and id = any($2::uuid[])`,
    [tx.programme, ids, tx.at],
    `register-adopted-${name}`,
  )
  await keepWords(
    tx,
    register,
    rows.map(row => ({ ...row, parties: { areaPath: row.areaPath } })),
  )
  for (const { id, values, parts, validFrom, areaPath } of rows)
    await tell(tx, kit, register, 'registered', {
      row: { id, values, parts },
      version: 1,
      validFrom,
      areaPath,
    })
  return rows.length
}
