import type { Reach } from '../access/permit.ts'
import type { Writer } from '../database/database.ts'
import type { Register } from './define.ts'
import { type Draft, draftOf, judge, merge, type RowInput } from './draft.ts'
import type { RegisterKit } from './kit.ts'
import type { RowRefused, Saved } from './save.ts'

/** What became of a row of a workbook. */
export type TakenIn = Pick<Saved, 'kind'> | RowRefused

/** Writes rows, each with its own outcome, in the order given; the same rows again are `unchanged`, bad ones refused. */
export type TakeIn = (
  tx: Writer,
  kit: RegisterKit,
  reach: Reach,
  rows: readonly RowInput[],
) => Promise<readonly TakenIn[]>

/**
 * Rows that workbooks bring and another service keeps: of a register it has the columns, the words and the import, with its
 * template, trial, faults and marked answer, and no table and no list.
 */
export interface Intake {
  readonly register: Register
  readonly takeIn: TakeIn
}

/** A row as the declaration alone judges it: what was given of it, its parts, and its faults. */
export function judged(register: Register, input: RowInput, today: string): Draft {
  const draft = draftOf(register, input)
  merge(register, draft, { today, isNew: true })
  if (draft.faults.length === 0 && !input.isBad) judge(register, draft, { today, isNew: true })
  return draft
}
