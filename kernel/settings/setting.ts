import type { z } from 'zod'

/** What a programme may set for itself: a key, what it may hold, and what holds until it is set. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  /** `group.name`, never changed. Its words stand in the message files as `setting.<key>`. */
  readonly key: string
  readonly shape: S
  readonly otherwise: z.output<S>
  /** How the page asks for it. */
  readonly kind: 'yes' | 'days' | 'text'
}

/** Declares a setting. Throws on a key that is none and on a default that its own shape refuses. */
export function defineSetting<S extends z.ZodType>(setting: Setting<S>): Setting<S> {
  if (!/^[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+$/.test(setting.key))
    throw new RangeError(`not the key of a setting: ${setting.key}`)
  setting.shape.parse(setting.otherwise)
  return setting
}
