import type { Writer } from '../database/database.ts'
import type { Keyring } from './keyring.ts'
import { type NewFact, type Recorded, recordFact } from './record.ts'
import { recordSigned, type SignedFact, type SignedRecorded } from './signed.ts'

/**
 * How services record: they bring the transaction, it brings the keys. What is recorded stands in the database only
 * after the transaction's last step, and not at all when it is refused.
 */
export interface Recorder {
  /** See {@link recordFact}. */
  record(tx: Writer, fact: NewFact): Promise<Recorded>
  /** See {@link recordSigned}. */
  recordSigned(tx: Writer, fact: SignedFact): Promise<SignedRecorded>
}

export const createRecorder = (keyring: Keyring): Recorder => ({
  record: (tx, fact) => recordFact(tx, keyring, fact),
  recordSigned: (tx, fact) => recordSigned(tx, keyring, fact),
})
