import type { Database, Scope } from '../database/database.ts'
import { Group } from '../database/group.ts'
import { must, ok } from '../result/result.ts'
import type { NewFact, Recorded, Recorder } from './record.ts'

/** A fact whose id its sender made: given twice it is `fact.exists`, not two facts. */
export type NamedFact = NewFact & { readonly id: string }

/**
 * Records the facts of many callers together, at most 500 a transaction: for facts that stand for themselves and belong
 * to no other change. A refusal, as `recordFact` has them, rejects for its own caller only.
 */
export const groupRecord = (
  database: Database,
  scope: Scope,
  recorder: Recorder,
): Group<NamedFact, Recorded> =>
  new Group({
    run: async facts =>
      must(
        await database.write(scope, async tx => {
          const recorded: Recorded[] = []
          for (const fact of facts) recorded.push(await recorder.record(tx, fact))
          return ok(recorded)
        }),
      ),
  })
