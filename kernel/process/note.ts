import type { Reader, Writer } from '../database/database.ts'
import type { Vault } from '../personal/vault.ts'

const NOTE = 'process.note'

/** What was written beside a decision may name people: it is sealed under its case, of the trail as of the task. */
export const sealNote = async (
  tx: Writer,
  vault: Vault,
  caseId: string,
  note: string | undefined,
): Promise<Buffer | null> => (note?.trim() ? vault.seal(tx, caseId, NOTE, note) : null)

/** As it stands in a row: sealed, or in clear from the release before. */
export interface Noted {
  readonly note: string | null
  readonly note_sealed: Buffer | null
}

/** In the order given; null for a case that was erased. */
export async function openNotes(
  tx: Reader,
  vault: Vault,
  caseId: string,
  rows: readonly Noted[],
): Promise<(string | null)[]> {
  const opened = await vault.openMany(
    tx,
    rows.map(row => ({ subject: caseId, field: NOTE, sealed: row.note_sealed })),
  )
  return rows.map(({ note }, i) => opened[i] ?? note)
}
