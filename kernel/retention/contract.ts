import { z } from 'zod'
import { date, id, instant, pageById, pageOf, text } from '../http/shapes.ts'

/** What is still in the way: something owed or under way. The code is a word of the messages, `waits.<code>`. */
const wait = z.object({ code: z.string(), count: z.number().int() })
/** How many of a kind were destroyed: `destroyed.<kind>`. */
const destroyed = z.object({ kind: z.string(), count: z.number().int() })
/** What a class holds: columns of the register, or kinds of files (`file.<name>`), and the first day it may go. */
const stay = z.object({ class: z.string(), fields: z.array(z.string()), until: date })

export const receipt = z.object({
  waits: z.array(wait).default([]),
  destroyed: z.array(destroyed).default([]),
  stays: z.array(stay).default([]),
})
export type Receipt = z.output<typeof receipt>

export const erasureState = z.enum(['asked', 'waiting', 'restricted', 'done'])

export const erasure = z.object({
  id,
  register: z.string(),
  rowId: id,
  caseId: id.nullable(),
  areaName: z.string(),
  state: erasureState,
  askedAt: instant,
  carriedAt: instant.nullable(),
  doneAt: instant.nullable(),
  /** The fact of it in the log, once it was carried out. */
  factId: id.nullable(),
  receipt,
})
export type Erasure = z.output<typeof erasure>
export const erasures = pageOf(erasure)
export const erasureQuery = pageById.extend({ row: id.optional(), state: erasureState.optional() })
export const erasurePath = z.object({ erasure: id })

/**
 * For which class somebody looks, and why: only what it holds is shown, and the look is on record. `row` is the row that
 * a value was of where that is not the one asked about, but one that had been merged into it.
 */
export const retainedLook = z.object({ class: z.string().max(40), purpose: text(200) })
export const retainedShown = z.object({
  values: z.array(z.object({ field: z.string(), row: id.optional(), text: z.string(), until: date })),
  files: z.array(id),
})
export type RetainedShown = z.output<typeof retainedShown>
