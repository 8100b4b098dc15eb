import type { Scope } from '../database/database.ts'
import { createLog } from '../fact/key-facts.ts'
import { Keyring } from '../fact/keyring.ts'
import { createRecorder, type Recorder } from '../fact/record.ts'
import { must } from '../result/result.ts'
import type { TestDatabase } from '../testing/test-database.ts'
import { drain } from './sequencer.ts'

/** For tests: a programme with its log, and what records and sequences facts in it. */
export interface TestLog {
  readonly scope: Scope
  readonly origin: string
  readonly keyring: Keyring
  readonly recorder: Recorder
  /** Puts all waiting facts into the log; returns how many. */
  drain(): Promise<number>
}

export async function testLog(db: TestDatabase, programme = 'shenzhen'): Promise<TestLog> {
  const scope: Scope = { programme, actor: 'tester' }
  const keyring = new Keyring(db.secrets.masterKey)
  const origin = `log.example/demo/${programme}`
  must(await db.app.write(scope, tx => createLog(tx, keyring, { name: programme, origin })))
  return {
    scope,
    origin,
    keyring,
    recorder: createRecorder(keyring),
    drain: () => drain(db.batch, keyring, programme),
  }
}
