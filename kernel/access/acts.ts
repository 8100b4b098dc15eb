import type { Command } from '../database/command.ts'
import type { Database, Scope, Writer } from '../database/database.ts'
import type { PublicPart } from '../fact/public-part.ts'
import type { Recorder } from '../fact/record.ts'
import type { Vault } from '../personal/vault.ts'
import { recordAccess } from './audit.ts'

export interface AdminKit {
  readonly app: Database
  readonly recorder: Recorder
  readonly vault: Vault
}

/** Who administers, by which command. */
export interface By {
  readonly scope: Scope
  readonly command: Command
  readonly requestId: string
  /** Under whose key the facts are signed. */
  readonly holder: string
}

export interface Act {
  /** The fact's type, and the action in the records of access. */
  readonly type: string
  readonly subjectType: string
  readonly subjectId: string
  readonly pub: PublicPart
  readonly hidden?: Readonly<Record<string, string>>
}

/** An act of administration: told as a fact and kept in the records of access, both in the transaction of the act. */
export async function recordAct(tx: Writer, recorder: Recorder, by: By, act: Act): Promise<void> {
  const { type, subjectType, subjectId, ...parts } = act
  await recorder.record(tx, { type, subject: subjectId, holder: by.holder, ...parts })
  await auditAct(tx, by, act)
}

/** The record alone, where the fact is told elsewhere. */
export const auditAct = (
  tx: Writer,
  { requestId }: Pick<By, 'requestId'>,
  { type: action, subjectType, subjectId }: Pick<Act, 'type' | 'subjectType' | 'subjectId'>,
): Promise<void> =>
  recordAccess(tx, { action, subjectType, subjectIds: [subjectId], fields: [], purpose: '', requestId })
