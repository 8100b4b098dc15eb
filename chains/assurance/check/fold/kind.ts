import { z } from 'zod'
import type { Book, Openings } from '../book.ts'
import type { Fact } from '../entry.ts'

/** How a kind of fact is read into the book. Throws a ZodError when its public part is not what the kind promises. */
export interface Kind {
  /** Sums rest on its hidden fields: one that was erased makes them impossible to recompute. */
  readonly needsOpenings: boolean
  readonly read: (book: Book, fact: Fact, open: Openings) => void
}

export const kind = <S extends z.ZodType>(
  pub: S,
  read: (book: Book, pub: z.output<S>, fact: Fact, open: Openings) => void,
  { needsOpenings = false } = {},
): Kind => ({ needsOpenings, read: (book, fact, open) => read(book, pub.parse(fact.pub), fact, open) })

/** A decimal string of fen, grams or pieces. */
export const amount = z
  .string()
  .regex(/^-?\d{1,16}$/)
  .transform(Number)
  .refine(Number.isSafeInteger)

/** An amount that is kept apart; undefined when it was erased. */
export function hiddenAmount(open: Openings, field: string): number | undefined {
  const text = open.get(field)
  return text === undefined ? undefined : amount.parse(text)
}

export const instant = z.iso.datetime().transform(text => new Date(text))

/** The hidden fields `name0`, `name1` … as JSON of a shape; those erased are left out. */
export function opened<S extends z.ZodType>(open: Openings, name: string, shape: S): z.output<S>[] {
  const all: z.output<S>[] = []
  for (const [field, text] of open)
    if (field.startsWith(name) && /^\d+$/.test(field.slice(name.length)))
      all.push(shape.parse(JSON.parse(text)))
  return all
}
