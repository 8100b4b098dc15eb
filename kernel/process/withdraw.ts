import type { Writer } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { lockCase } from './case.ts'
import { RETRACTED } from './define.ts'
import { type Actor, decidesAs } from './desk.ts'
import { move } from './move.ts'
import { openerPlace } from './opener.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import type { CaseRow } from './tables.ts'

export type WithdrawalRefusal = 'case.not_found' | 'case.not_withdrawable'

/** Whoever opened a case, or holds the same role at the same place. */
export const isOpener = (kit: CaseKit, row: CaseRow, actor: Actor): boolean =>
  row.opened_by === actor.account ||
  decidesAs(actor, { ...openerPlace(kit, row), kind: 'returned' }) !== undefined

/** Not any more once something stands or the case is over. */
export const isWithdrawable = (kit: CaseKit, row: CaseRow): boolean => {
  const { kind } = rulesOf(kit, row).states[row.state]!
  return kind !== 'standing' && kind !== 'end' && row.valid_from === null
}

/** The applicant takes the case back, which ends it. Refuses `case.not_found`, `case.not_withdrawable` {state}. */
export async function withdraw(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  caseId: string,
): Promise<Result<{ id: string }, WithdrawalRefusal>> {
  const row = await lockCase(tx, caseId)
  if (!row || !isOpener(kit, row, actor)) return refuse('case.not_found')
  if (!isWithdrawable(kit, row)) return refuse('case.not_withdrawable', { state: row.state })
  await move(tx, kit, row, RETRACTED, { actor, outcome: RETRACTED })
  return ok({ id: caseId })
}
