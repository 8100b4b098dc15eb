import { Database, type Scope } from '@silian/kernel/database/database.ts'
import type { Connections } from '@silian/kernel/database/provision.ts'
import { groupRecord, type NamedFact } from '@silian/kernel/fact/group.ts'
import { createLog } from '@silian/kernel/fact/key-facts.ts'
import { Keyring } from '@silian/kernel/fact/keyring.ts'
import { createRecorder } from '@silian/kernel/fact/record.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import type { Setting } from './setting.ts'

/** A programme with its log, and what records in it. */
export interface LogStage {
  readonly connections: Connections
  readonly app: Database
  readonly batch: Database
  readonly keyring: Keyring
  /** So many facts in one transaction, committed; returns their ids. */
  record(count: number): Promise<string[]>
  /** One fact, in a transaction with those of other callers. */
  recordGrouped(): Promise<void>
  close(): Promise<void>
}

export const scope: Scope = { programme: 'bench', actor: 'system' }

export async function logStage({ stand }: Pick<Setting, 'stand'>, database: string): Promise<LogStage> {
  const connections = await stand.database(database)
  const [app, batch] = [new Database('app', connections.app, 20), new Database('batch', connections.batch, 4)]
  const keyring = new Keyring(stand.secrets.masterKey)
  const recorder = createRecorder(keyring)
  must(
    await app.write(scope, tx =>
      createLog(tx, keyring, { name: 'bench', origin: 'bench.example/demo/bench' }),
    ),
  )
  const record = async (count: number) =>
    must(
      await app.write(scope, async tx => {
        const recorded = []
        for (let n = 0; n < count; n++) recorded.push(await recorder.record(tx, delivery()))
        return ok(recorded.map(fact => fact.id))
      }),
    )
  const group = groupRecord(app, scope, recorder)
  const recordGrouped = async () => void (await group.submit(delivery()))
  // the holder's key is made at its first fact
  await record(1)
  const close = async () => void (await Promise.all([app.close(), batch.close()]))
  return { connections, app, batch, keyring, record, recordGrouped, close }
}

/** A fact of the usual size: some 500 bytes signed. */
function delivery(): NamedFact {
  const id = newId()
  const pub = {
    delivery: id,
    order: newId(),
    lot: newId(),
    grams: 25_000n,
    fen: 80_000n,
    county: '451003',
    pieces: 5,
  }
  return { id: newId(), type: 'delivery.accepted', subject: id, holder: 'unit', pub }
}
