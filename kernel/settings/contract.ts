import { z } from 'zod'
import { instant } from '../http/shapes.ts'

const value = z.union([z.string(), z.number(), z.boolean()])

/** `GET /settings`: what a programme may set, what each holds and held. */
export const settingShape = z.object({
  key: z.string(),
  kind: z.enum(['yes', 'days', 'text']),
  value,
  /** Until it is set. */
  otherwise: value,
  /** 0: never set. */
  version: z.number().int(),
  history: z.array(z.object({ version: z.number().int(), value, at: instant, by: z.string().nullable() })),
})
export type SettingShape = z.infer<typeof settingShape>
export const settingShapes = z.array(settingShape)

/** `POST /settings/{key}`: `version` is that of the state the change was made from. */
export const settingChange = z.object({ version: z.number().int().min(0), value })
export const settingSet = z.object({ version: z.number().int() })
