import { date, id, instant, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

export const matters = ['quality', 'delivery', 'price', 'service', 'other'] as const
export const matter = z.enum(matters)

/** A customer's complaint: its states are those of the process, with what every process has. */
export const complaintStates = [
  'answer',
  'answered',
  'decide',
  'settled',
  'upheld',
  'rejected',
  'retracted',
] as const

export const newComplaint = z.object({ id: id.optional(), matter, said: text(500) })

/** Content with the seller's answer, which ends it; or not, and the office decides. */
export const complaintReply = z.discriminatedUnion('content', [
  z.object({ content: z.literal(true) }),
  z.object({ content: z.literal(false), reason: text(500) }),
])

export const complaint = z.object({
  id,
  matter,
  state: z.enum(complaintStates),
  said: z.string(),
  /** The seller's words, and the office's; whichever there are. */
  answer: z.string().nullable(),
  decision: z.string().nullable(),
  openedAt: instant,
  /** Until when whoever has it now is to act; the last of the day. */
  dueOn: date.nullable(),
})
export type Complaint = z.infer<typeof complaint>
export const complaintDone = z.object({ id })
