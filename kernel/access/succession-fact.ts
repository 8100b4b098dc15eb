import type { Writer } from '../database/database.ts'
import type { Recorder } from '../fact/record.ts'
import { newId } from '../ids/ids.ts'
import { ok, type Result } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import type { Organisation } from './organisations.ts'
import { type Succession, type SuccessionRefusal, succeedOrganisation } from './succession.ts'

/**
 * A succession with its fact `organisation.succeeded`, from which capabilities hear that what is open of theirs passes
 * over. Public: what happened to which organisations from which day on, by ids and codes alone.
 */
export async function recordSuccession(
  tx: Writer,
  recorder: Recorder,
  holder: string,
  change: Succession,
): Promise<Result<Organisation, SuccessionRefusal>> {
  const done = await succeedOrganisation(tx, change)
  if (!done.ok) return done
  const organisations = change.kind === 'merge' ? [...change.ids] : [change.id]
  await recorder.record(tx, {
    type: 'organisation.succeeded',
    id: newId(tx.at.getTime()),
    subject: done.value.id,
    holder,
    pub: {
      what: change.kind,
      organisations,
      date: change.date ?? dateOf(tx.at),
      ...(change.kind === 'merge' ? { into: change.into } : {}),
      ...(change.kind === 'parent' ? { parent: change.parentId ?? '', area: done.value.areaCode } : {}),
    },
  })
  return ok(done.value)
}
