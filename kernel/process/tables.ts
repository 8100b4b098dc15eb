import type { Values } from '../declared/columns.ts'

declare module '../database/tables.ts' {
  interface Tables {
    process_case: CaseRow
    process_task: TaskRow
    process_desk: DeskRow
    process_move: MoveRow
    process_timer: TimerRow
    process_draw: DrawRow
    process_objection: ObjectionRow
    process_absence: AbsenceRow
  }
}

export interface CaseRow {
  programme_id: string
  id: string
  process: string
  version: number
  title: string
  state: string
  about: string | null
  organisation_id: string | null
  area_path: string | null
  opened_at: Date
  opened_by: string
  opened_member: string | null
  opener_role: string | null
  opened_fact: string
  opened_leaf: Buffer
  form: Values
  sealed: Buffer | null
  scores: Record<string, number>
  move_no: number
  entered_on: string
  due_on: string | null
  valid_from: string | null
  valid_to: string | null
  once: string | null
  ended_at: Date | null
}

export type TaskKind = 'task' | 'part' | 'seat' | 'objection' | 'standing' | 'returned'

export interface TaskRow {
  programme_id: string
  id: string
  case_id: string
  process: string
  state: string
  move_no: number
  kind: TaskKind
  name: string
  seat: number
  role: string | null
  area_path: string | null
  organisation_id: string | null
  member_id: string | null
  opened_at: Date
  due_on: string | null
  late: boolean
  closed_at: Date | null
  decided_by: string | null
  decided_member: string | null
  for_member: string | null
  outcome: string | null
  /** Of the release before; `note_sealed` since. */
  note: string | null
  note_sealed: Buffer | null
  form: Values | null
  sealed: Buffer | null
  score: number | null
  files: string[]
  fact_id: string | null
}

export interface DeskRow {
  programme_id: string
  desk: string
  due_on: string
  task_id: string
  process: string
  state: string
}

export interface MoveRow {
  programme_id: string
  case_id: string
  no: number
  from_state: string | null
  to_state: string
  at: Date
  actor: string
  member_id: string | null
  outcome: string | null
  note: string | null
  note_sealed: Buffer | null
  task_id: string | null
  fact_id: string
}

export interface TimerRow {
  programme_id: string
  case_id: string
  move_no: number
  name: string
  fire_on: string
  done_at: Date | null
}

export interface DrawRow {
  programme_id: string
  case_id: string
  move_no: number
  /** Of several of a move, one after another: 0 for its first. */
  no: number
  /** Null in those of before, drawn with the latest head there was. */
  after_fact: string | null
  seed: Buffer
  log_size: number
  pool: string[]
  excluded: string[]
  drawn: string[]
  fact_id: string
}

export interface ObjectionRow {
  programme_id: string
  id: string
  case_id: string
  move_no: number
  task_id: string
  at: Date
  by: string
  member_id: string | null
  /** Their name is told to those who read the case. */
  named: boolean
  text_sealed: Buffer
  files: string[]
  answered_at: Date | null
  upheld: boolean | null
}

export interface AbsenceRow {
  programme_id: string
  id: string
  member_id: string
  deputy_id: string
  from_on: string
  to_on: string
  recorded_at: Date
  recorded_by: string
  ended_at: Date | null
}
