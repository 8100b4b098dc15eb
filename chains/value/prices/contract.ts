import { date, fenAmount, pageOf, pageQuery, quantity, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

/** A day's quotation of a wholesale market: fen for every `perGrams` grams. */
export const quotation = z.object({
  market: z.string(),
  item: z.string(),
  spec: z.string(),
  on: date,
  unit: z.string(),
  lowFen: fenAmount,
  meanFen: fenAmount,
  highFen: fenAmount,
  perGrams: quantity,
})
export type Quotation = z.infer<typeof quotation>
/** `item`: a part of its name. */
export const quotationQuery = pageQuery.extend({ item: text(40).optional() })
export const quotationPage = pageOf(quotation)
