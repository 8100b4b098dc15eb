import type { Writer } from '../database/database.ts'
import { OPERATOR } from '../fact/keyring.ts'
import { countyOf } from '../register/facts.ts'
import type { Receipt } from './contract.ts'
import type { EraseKit } from './kit.ts'

/** An erasure on its way. */
export interface Asked {
  readonly id: string
  readonly register: string
  readonly row_id: string
  readonly area_path: string | null
  readonly state: 'asked' | 'waiting' | 'restricted' | 'done'
  readonly receipt: Receipt
}

export async function keep(tx: Writer, id: string, state: Asked['state'], receipt: Receipt): Promise<void> {
  await tx.query(
    `update erasure set state = $3::text, receipt = $4, carried_at = case when $3 = 'waiting' then null else $5::timestamptz end,
       done_at = case when $3 = 'done' then $5::timestamptz end where programme_id = $1 and id = $2`,
    [tx.programme, id, state, JSON.stringify(receipt), tx.at],
  )
}

/**
 * The log is told that openings went and why: a missing one is no loss. What stays is told to nobody, and neither is the
 * row of people whom the log never names.
 */
export function tellCarried(
  tx: Writer,
  kit: EraseKit,
  row: Asked,
  { stays }: Receipt,
  { openings, isHidden = false }: { openings: number; isHidden?: boolean },
) {
  const county = countyOf(row.area_path)
  return kit.recorder.record(tx, {
    ...{ type: 'erasure.carried', subject: row.id, holder: OPERATOR },
    pub: {
      ...{ erasure: row.id, register: row.register, openings },
      ...(isHidden ? {} : { row: row.row_id }),
      ...(county === undefined ? {} : { county }),
    },
    hidden: { stays: JSON.stringify(stays), ...(isHidden && { row: row.row_id }) },
  })
}
