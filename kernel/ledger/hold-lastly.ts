import { bigintArray, intArray, textArray, timeArray, uuidArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import type { NewHold } from './entry.ts'

/** An entry that only reserves. */
export interface Holding {
  /** UUID, new. */
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly holds: readonly NewHold[]
}

/** An account could not give all that was asked of it, or something had been posted before: nothing is left of it. */
export class NotAllHeld extends Error {
  override readonly name = 'NotAllHeld'
}

const refusals: ReadonlySet<unknown> = new Set(['SL002', '23505'])

/**
 * Holds with the commit what all entries ask, of ceilings alone, or nothing of it: then the commit throws
 * {@link NotAllHeld}, and whoever wants to know which begins again with `post`. Nothing is locked until everything else is
 * written, and nobody waits for the outcome in between: a hot account is another's again after one statement and the commit.
 */
export function holdLastly(tx: Writer, entries: readonly Holding[]): void {
  if (entries.length === 0) return
  const holds = entries.flatMap((entry, index) => entry.holds.map(hold => ({ ...hold, entry: index + 1 })))
  tx.lastly(() => ({
    text: `select ledger_hold_all($1, $2, $3::uuid[], $4::text[], $5::text[], $6::int[], $7::uuid[], $8::text[], $9::bigint[],
      $10::timestamptz[])`,
    values: [
      tx.programme,
      tx.at,
      uuidArray(entries.map(({ id }) => id)),
      textArray(entries.map(({ kind }) => kind)),
      textArray(entries.map(({ subject }) => subject)),
      intArray(holds.map(({ entry }) => entry)),
      uuidArray(holds.map(({ id }) => id)),
      textArray(holds.map(({ account }) => account)),
      bigintArray(holds.map(({ amount }) => amount)),
      timeArray(holds.map(({ expiresAt }) => expiresAt ?? null)),
    ],
    name: 'ledger-hold-all',
    isWaitedFor: true,
    explain: error => (refusals.has((error as { code?: unknown }).code) ? new NotAllHeld() : error),
  }))
}
