import { z } from 'zod'

/** What the pages are told of a declaration: enough to draw its list, form, import and case without more code. */
export const columnShape = z.object({
  name: z.string(),
  kind: z.enum([
    'text',
    'number',
    'date',
    'year',
    'yes',
    'choice',
    'choices',
    'area',
    'organisation',
    'row',
    'files',
  ]),
  required: z.boolean(),
  personal: z.enum(['sensitive', 'personal', 'coded']).nullable(),
  filter: z.boolean(),
  sort: z.boolean(),
  search: z.boolean(),
  listed: z.boolean(),
  frozen: z.boolean(),
  proposed: z.boolean(),
  /** Shown, never asked for. */
  computed: z.boolean(),
  max: z.number().nullable(),
  min: z.number().nullable(),
  format: z.string().nullable(),
  unit: z.string().nullable(),
  of: z.array(z.string()),
  level: z.string().nullable(),
})
export type ColumnShape = z.infer<typeof columnShape>

export const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
export const values = z.record(z.string(), value)

/** Codes and ids that stand in an answer, with the names people know them by. */
export const names = z.record(z.string(), z.object({ zh: z.string(), en: z.string() }))
