import { z } from 'zod'
import { columnShape, names, values } from '../declared/contract.ts'
import { date, id, instant, pageOf, text } from '../http/shapes.ts'

/** `GET /registers`: those the caller may read, with what else they may do. */
export const registerShape = z.object({
  name: z.string(),
  columns: z.array(columnShape),
  parts: z.array(z.object({ name: z.string(), columns: z.array(columnShape) })),
  /** Default order of its list. */
  key: z.string(),
  dated: z.boolean(),
  may: z.array(z.enum(['create', 'change', 'close', 'reveal', 'import', 'decide', 'succeed'])),
})
export type RegisterShape = z.infer<typeof registerShape>
export const registerShapes = z.array(registerShape)

/** A row of a list. Personal values are masked. */
export const registerRow = z.object({
  id,
  version: z.number().int(),
  validFrom: date,
  /** First day no longer valid; null while it is. */
  validTo: date.nullable(),
  recordedAt: instant,
  values,
})
export type RegisterRow = z.infer<typeof registerRow>

/**
 * `GET /registers/<name>?after&limit&sort=±column&q=words&at=date&closed=true&id=<row>&<column>=value` (a filter may be given
 * several times: any of them; numbers and dates also as `<column>From`, `<column>To`). Personal values are refused there
 * (`input.personal`): `POST /registers/<name>/find` takes the same words and values in its body, `POST …/export.xlsx` too.
 */
/** `most`: rows that the words found before they were put in order, where there may be more of them; else null. */
export const registerPage = pageOf(registerRow).extend({ names, most: z.number().int().nullable() })
export type RegisterPage = z.infer<typeof registerPage>

/** `GET /registers/<name>/<row>?at=date`, and the answer of `POST …/reveal {purpose}`. */
export const registerDetail = registerRow.extend({
  parts: z.record(z.string(), z.array(values)),
  successors: z.array(id),
  predecessors: z.array(id),
  proposals: z.array(z.object({ id, at: instant, byName: z.string(), values })),
  names,
})
export type RegisterDetail = z.infer<typeof registerDetail>

/** `GET /registers/<name>/<row>/history`: newest first; values are the changed ones, masked. */
export const registerHistory = z.object({
  items: z.array(
    z.object({
      version: z.number().int(),
      what: z.enum(['created', 'changed', 'closed', 'succeeded']),
      validFrom: date,
      recordedAt: instant,
      byName: z.string(),
      factId: id.nullable(),
      before: values,
      after: values,
    }),
  ),
  names,
})
export type RegisterHistory = z.infer<typeof registerHistory>

const parts = z.record(z.string(), z.array(values)).optional()
/** `POST /registers/<name>`; the zod shape of `values` is made from the columns. */
export const newRow = z.object({ id: id.optional(), validFrom: date.optional(), values, parts })
/** `POST /registers/<name>/<row>/change`: only the values that change; a part is given whole. Refused `row.changed` {version} when another was faster. */
export const rowChange = z.object({
  version: z.number().int().min(1),
  validFrom: date.optional(),
  values,
  parts,
})
export const rowSaved = z.object({ id, version: z.number().int(), proposal: id.nullable() })
/** `POST /registers/<name>/<row>/close`. */
export const rowClose = z.object({
  version: z.number().int().min(1),
  on: date.optional(),
  reason: text(500),
})
/** `POST /registers/<name>/succession`: these rows end, and that one (those, for a split) go on. */
export const rowSuccession = z.object({
  from: z.array(id).min(1).max(50),
  to: z.array(id).min(1).max(50),
  on: date.optional(),
  reason: text(500),
})
/** `POST /registers/<name>/succession/preview`: what would come of it; nothing is changed. Refused as the deed itself. */
export const successionPreview = z.object({
  ended: z.number().int(),
  /** Open rows of other registers that name one that would end: they go on naming it. */
  named: z.array(z.object({ register: z.string(), count: z.number().int() })),
})
/** `POST /registers/<name>/proposals/<proposal>/decision`. */
export const proposalDecision = z.object({ accept: z.boolean(), note: text(500).optional() })

/** `GET /registers/<name>/proposals?after&limit`, for those who decide them: the oldest first, each beside its row. */
export const registerProposals = pageOf(
  z.object({
    id,
    at: instant,
    byName: z.string(),
    /** Somebody else decides it. */
    own: z.boolean(),
    row: registerRow,
    /** Those that would change, masked. */
    values,
  }),
).extend({ names })
export type RegisterProposals = z.infer<typeof registerProposals>
/** `GET /proposals`: how many wait for the caller, by register. */
export const proposalCounts = z.array(z.object({ register: z.string(), count: z.number().int() }))

/** `GET|POST /views`: a reader's saved lists. `query` is the list's query text. */
export const view = z.object({
  id,
  register: z.string(),
  name: z.string(),
  query: z.string(),
  columns: z.array(z.string()),
})
export const views = z.array(view)
export const newView = z.object({
  id: id.optional(),
  register: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
  name: text(60),
  query: z.string().max(2000),
  columns: z.array(z.string().max(60)).max(100),
})
/** `POST /registers/<name>/<row>/reveal` */
export const rowReveal = z.object({ purpose: text(200) })

/**
 * `POST /registers/<name>/imports {file, dryRun}` → a run in the background; `GET …/imports`, `GET …/imports/<run>`.
 * `GET …/template.xlsx`; `GET …/export.xlsx?<the list's query>` and `.csv` stream.
 */
export const sheetLanguage = z.object({ language: z.enum(['zh', 'en']).default('zh') })
/** `language` is that of the reasons in the answer workbook. */
export const newImport = sheetLanguage.extend({ file: id, dryRun: z.boolean().default(false) })
export const importRun = z.object({
  id,
  file: id,
  fileName: z.string(),
  dryRun: z.boolean(),
  state: z.enum(['waiting', 'running', 'done', 'refused']),
  /** The code of a refusal of the file as a whole. */
  refused: z.string().nullable(),
  refusedParams: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  rows: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  bad: z.number().int(),
  /** 0–100 of the file. */
  percent: z.number().int(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** The workbook as it was sent, each bad cell marked with its reason; null until done. */
  answer: id.nullable(),
  faults: z.array(
    z.object({
      sheet: z.string(),
      row: z.number().int(),
      column: z.string(),
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
      excerpt: z.string().nullable(),
    }),
  ),
})
export type ImportRun = z.infer<typeof importRun>
/** `GET …/imports?after&limit`: one's own, the latest first, without their faults. */
export const importRuns = pageOf(importRun.omit({ faults: true }))
