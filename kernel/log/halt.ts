import type { Reader, Writer } from '../database/database.ts'

/** Why nothing more is recorded: somebody saw a larger tree of this log than ours, or another one. */
export interface Halt {
  readonly why: 'behind' | 'forked'
  /** Who saw it: the name of a witness, or `operator` for the head that was kept outside. */
  readonly by: string
  /** The checkpoint that was seen, as a signed note. */
  readonly checkpoint: string
}

/** Lets a log stand still, for good: reading goes on, `silian log succeed` begins its successor. The first reason stays. */
export async function haltLog(tx: Writer, { why, by, checkpoint }: Halt): Promise<boolean> {
  const halted = await tx.query(
    `update log set halted_at = $2, halted_why = $3, halted_by = $4, halted_checkpoint = $5
      where programme_id = $1 and halted_at is null returning 1`,
    [tx.programme, tx.at, why, by, checkpoint],
  )
  return halted.length > 0
}

/** Why the log stands still, if it does. */
export async function haltOf(tx: Reader): Promise<(Halt & { readonly at: Date }) | undefined> {
  const [row] = await tx.query<Halt & { readonly at: Date }>(
    `select halted_at as at, halted_why as why, halted_by as by, halted_checkpoint as checkpoint
       from log where programme_id = $1 and halted_at is not null`,
    [tx.programme],
    'log-halt',
  )
  return row
}
