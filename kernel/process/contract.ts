import { z } from 'zod'
import { columnShape, names, values } from '../declared/contract.ts'
import { date, id, instant, pageOf } from '../http/shapes.ts'

const outcome = z.object({
  name: z.string(),
  /** Where the case goes; null where a join of several tasks decides. */
  to: z.string().nullable(),
  /** The reason must be given. */
  note: z.boolean(),
  /** What it does cannot be undone: whoever chooses it is asked once more, in the words `grave.<outcome>`. */
  grave: z.literal(true).optional(),
})

export const stateShape = z.object({
  name: z.string(),
  kind: z.enum(['task', 'panel', 'publicity', 'standing', 'end']),
  /** Roles that act in it. */
  roles: z.array(z.string()),
  /** Working days, or calendar days for publicity and standing; null without a deadline. */
  within: z.number().int().nullable(),
  form: z.array(columnShape),
  outcomes: z.array(outcome),
  /** Every state it may lead to, for the drawing of the lifecycle. */
  next: z.array(z.string()),
})

/** `GET /processes`: those the caller may open or read. */
export const processShape = z.object({
  name: z.string(),
  version: z.number().int(),
  /** The register whose row it is about; null where the form says all. */
  about: z.string().nullable(),
  form: z.array(columnShape),
  start: z.string(),
  states: z.array(stateShape),
  may: z.array(z.enum(['open', 'read', 'object'])),
})
export type ProcessShape = z.infer<typeof processShape>
export const processShapes = z.array(processShape)

/** One row of `GET /processes/<name>/cases?after&limit&state&about&mine=true`. */
export const caseRow = z.object({
  id,
  process: z.string(),
  /** What people call it: the title the declaration makes of its form. */
  title: z.string(),
  state: z.string(),
  about: id.nullable(),
  openedAt: instant,
  openedByName: z.string(),
  dueOn: date.nullable(),
  overdue: z.boolean(),
  endedAt: instant.nullable(),
})
export type CaseRow = z.infer<typeof caseRow>
export const casePage = pageOf(caseRow)

/** `POST /processes/<name>/cases`. */
export const newCase = z.object({ id: id.optional(), about: id.optional(), form: values })

export const taskRow = z.object({
  id,
  case: id,
  process: z.string(),
  title: z.string(),
  state: z.string(),
  /** Of several experts: 1, 2, 3…; 0 for a task alone in its state. */
  seat: z.number().int(),
  openedAt: instant,
  dueOn: date.nullable(),
  overdue: z.boolean(),
  /** Somebody in particular, or null for whoever holds the role there. */
  memberName: z.string().nullable(),
  outcomes: z.array(outcome),
  form: z.array(columnShape),
})
export type TaskRow = z.infer<typeof taskRow>
/** `GET /inbox?after&limit&process&overdue=true`: the nearest deadline first. */
export const inboxPage = pageOf(taskRow)
/** `GET /inbox/counts`: exact up to a thousand of a kind on a desk. */
export const inboxCounts = z.object({
  total: z.number().int(),
  overdue: z.number().int(),
  soon: z.number().int(),
  /** Which of the three are more than was counted. */
  more: z.array(z.enum(['total', 'overdue', 'soon'])),
  byProcess: z.array(
    z.object({ process: z.string(), state: z.string(), count: z.number().int(), overdue: z.number().int() }),
  ),
})

/** `POST /tasks/<task>/decision`; bulk: `POST /tasks/decisions {tasks, outcome, note}` answers one outcome a task. */
export const decision = z.object({
  outcome: z.string(),
  note: z.string().max(2000).optional(),
  form: values.default({}),
  files: z.array(id).max(20).default([]),
})
/** What became of the case. */
export const decided = z.object({ case: id, state: z.string(), ended: z.boolean() })
export const bulkDecision = z.object({
  tasks: z.array(id).min(1).max(100),
  outcome: z.string(),
  note: z.string().max(2000).optional(),
})
export const bulkDecided = z.object({
  outcomes: z.array(z.object({ task: id, ok: z.boolean(), code: z.string().nullable() })),
})
/** `POST /tasks/<task>/delegation`; `POST /absences`, `GET /absences` and `POST /absences/<absence>/end`. */
export const delegation = z.object({ member: id, note: z.string().max(500) })
export const absence = z.object({ from: date, to: date, deputy: id })
export const absences = z.array(
  absence.extend({
    id,
    member: id,
    memberName: z.string(),
    deputyName: z.string(),
    /** The caller is away, not somebody they stand in for. */
    mine: z.boolean(),
  }),
)
/** `GET /colleagues?task`: whom the caller may name as deputy, or give that task. */
export const colleagues = z.array(z.object({ member: id, name: z.string() }))
/** `POST /cases/<case>/objection`, in a publicity period; `POST /cases/<case>/withdrawal`, by who opened it. */
export const objection = z.object({
  text: z.string().min(1).max(2000),
  files: z.array(id).max(20).default([]),
  /** Whether those who read the case are told who objected. */
  named: z.boolean().default(false),
})

/** `GET /processes/<name>/cases/<case>` */
export const caseDetail = caseRow.extend({
  version: z.number().int(),
  form: values,
  /** The sheets of done tasks that the reader may see: an expert's alone until all are in. */
  sheets: z.array(
    z.object({
      state: z.string(),
      seat: z.number().int(),
      byName: z.string(),
      at: instant,
      outcome: z.string(),
      score: z.number().int().nullable(),
      form: values,
      note: z.string().nullable(),
      files: z.array(id),
    }),
  ),
  /** Points as whole hundredths, where the process gives them. */
  scores: z.record(z.string(), z.number().int()),
  trail: z.array(
    z.object({
      no: z.number().int(),
      from: z.string().nullable(),
      to: z.string(),
      at: instant,
      byName: z.string(),
      outcome: z.string().nullable(),
      note: z.string().nullable(),
      factId: id.nullable(),
    }),
  ),
  /** Open tasks, and which of them the reader may decide. */
  tasks: z.array(taskRow.extend({ mine: z.boolean() })),
  publicity: z
    .object({
      from: date,
      to: date,
      objections: z.number().int(),
      /** The reader's own objection is not answered yet: until then there is no other. */
      pending: z.boolean(),
    })
    .nullable(),
  /** What was objected, the first first; its answer is a sheet. Never for the public. */
  objections: z.array(
    z.object({
      id,
      /** Whoever answers it has this task. */
      task: id,
      at: instant,
      /** Null where the objector chose not to be named. */
      byName: z.string().nullable(),
      /** Null where it was erased. */
      text: z.string().nullable(),
      files: z.array(id),
      /** Null as long as it is not answered. */
      upheld: z.boolean().nullable(),
    }),
  ),
  /** Experts are about to be drawn: as soon as the log has signed a head over the move. */
  drawing: z.boolean(),
  may: z.array(z.enum(['object', 'withdraw'])),
  names,
})
export type CaseDetail = z.infer<typeof caseDetail>

/** `POST /processes/<name>/cases/<case>/reveal {purpose}`: the personal values of the form, for who applied and who decides now. */
export const caseReveal = z.object({ purpose: z.string().trim().min(2).max(200) })
export const caseRevealed = z.object({ values })

/** `GET /publicity`: what lies open for objection now, for everyone. `GET /notifications`, `POST /notifications/read {upTo}`. */
export const publicityRow = z.object({
  case: id,
  process: z.string(),
  title: z.string(),
  from: date,
  to: date,
  /** False for who opened the case, and for those who would answer: they are not offered to object. */
  mayObject: z.boolean(),
  /** The reader's own objection is not answered yet: until then there is no other. */
  pending: z.boolean(),
  columns: z.array(columnShape),
  values,
  names,
})
export const publicityPage = pageOf(publicityRow)
export const notification = z.object({
  id,
  at: instant,
  kind: z.string(),
  params: z.record(z.string(), z.string()),
  process: z.string().nullable(),
  case: id.nullable(),
  /** What people call the case. */
  title: z.string().nullable(),
  read: z.boolean(),
})
export const notificationPage = pageOf(notification).extend({ unread: z.number().int() })
