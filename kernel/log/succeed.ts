import type { Database } from '../database/database.ts'
import { ORIGIN, recordSuccession } from '../fact/key-facts.ts'
import { Keyring } from '../fact/keyring.ts'
import { must, ok, type Result, refuse } from '../result/result.ts'
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
 * first entry that is made for it, `log.succeeded`, names the checkpoint that was seen last and is lost. To be called
 * while no server runs: they know the log by its old name. Under the owner's connection, for nobody else may rename it.
 * Refusals: `log.missing`, `log.not_halted`, `log.bad_origin`, `log.name_used`. Answers how many entries it has now.
 */
export async function succeedLog(
  owner: { query(sql: string, values: unknown[]): Promise<unknown> },
  batch: Database,
  programme: string,
  { to, masterKey }: Succession,
): Promise<Result<number, 'log.missing' | 'log.not_halted' | 'log.bad_origin' | 'log.name_used'>> {
  const scope = { programme, actor: 'system' }
  const before = new Keyring(masterKey)
  const { halt, names } = await batch.read(scope, async tx => ({
    halt: await haltOf(tx),
    names: await before.names(tx),
  }))
  if (!halt) return refuse('log.not_halted')
  if (!ORIGIN.test(to) || to !== to.normalize('NFC')) return refuse('log.bad_origin')
  if (names.includes(to)) return refuse('log.name_used')
  const [from, ...former] = names
  await owner.query(
    `update log set origin = $2, former_origins = $3, witnessed_size = null, lease_owner = null, lease_until = null,
       halted_at = null, halted_why = null, halted_by = null, halted_checkpoint = null
      where programme_id = $1`,
    [programme, to, [from, ...former]],
  )
  const keyring = new Keyring(masterKey)
  const { why, checkpoint } = halt
  must(
    await batch.write(scope, async tx =>
      ok(await recordSuccession(tx, keyring, { from: from!, to, why, checkpoint })),
    ),
  )
  await drain(batch, keyring, programme)
  const [log] = await batch.read(scope, tx =>
    tx.query<{ size: number }>('select size from log where programme_id = $1', [programme]),
  )
  return ok(log!.size)
}
