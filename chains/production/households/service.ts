import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { type RowInput, saveRows } from '@silian/kernel/register/save.ts'
import { refusalFrom } from '@silian/kernel/register/service.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { household } from './household.register.ts'

/** Registers households with their members, all or none: the first that is refused says why. */
export async function registerHouseholds(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  rows: readonly RowInput[],
): Promise<Result<{ ids: string[] }>> {
  const outcomes = await saveRows(tx, kit, household, reach, rows, { mode: 'create' })
  const ids: string[] = []
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused') return refusalFrom(outcome.faults)
    ids.push(outcome.id)
  }
  return ok({ ids })
}
