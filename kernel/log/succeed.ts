import type { Database, Writer } from '../database/database.ts'
import { ORIGIN, recordSuccession } from '../fact/key-facts.ts'
import { Keyring } from '../fact/keyring.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { haltOf } from './halt.ts'
import { drain } from './sequencer.ts'

export interface Succession {
  /** The name of the successor, that no log of the programme had before. */
  readonly to: string
  /** Base64, as it stands in the secrets. */
  readonly masterKey: string
}

/**
 * Lets a log that stands still go on under another name. Its entries stay as they are and begin the successor's tree; the
 * first entry that is made for it, `log.succeeded`, names the checkpoint that was seen last and is lost: the name and
 * that word are one transaction. To be called while no server runs: they know the log by its old name. Under the owner,
 * for nobody else may rename it; `batch` then signs the new head.
 * Refusals: `log.missing`, `log.not_halted`, `log.bad_origin`, `log.name_used`. Answers how many entries it has now.
 */
export async function succeedLog(
  owner: Database,
  batch: Database,
  programme: string,
  { to, masterKey }: Succession,
): Promise<Result<number, 'log.missing' | 'log.not_halted' | 'log.bad_origin' | 'log.name_used'>> {
  const scope = { programme, actor: 'system' }
  const keyring = new Keyring(masterKey)
  const renamed = await owner.write(scope, tx => rename(tx, keyring, to))
  if (!renamed.ok) return renamed
  await drain(batch, keyring, programme)
  const [log] = await batch.read(scope, tx =>
    tx.query<{ size: number }>('select size from log where programme_id = $1', [programme]),
  )
  return ok(log!.size)
}

async function rename(
  tx: Writer,
  keyring: Keyring,
  to: string,
): Promise<Result<null, 'log.missing' | 'log.not_halted' | 'log.bad_origin' | 'log.name_used'>> {
  const [log] = await tx.query<{ names: string[] }>(
    'select array_prepend(origin, former_origins) as names from log where programme_id = $1 for update',
    [tx.programme],
  )
  if (!log) return refuse('log.missing')
  const halt = await haltOf(tx)
  if (!halt) return refuse('log.not_halted')
  if (!ORIGIN.test(to) || to !== to.normalize('NFC')) return refuse('log.bad_origin')
  if (log.names.includes(to)) return refuse('log.name_used')
  await tx.query(
    `update log set origin = $2, former_origins = $3, witnessed_size = null, lease_owner = null, lease_until = null,
       halted_at = null, halted_why = null, halted_by = null, halted_checkpoint = null
      where programme_id = $1`,
    [tx.programme, to, log.names],
  )
  const { why, checkpoint } = halt
  await recordSuccession(tx, keyring, { from: log.names[0]!, to, why, checkpoint })
  return ok(null)
}
