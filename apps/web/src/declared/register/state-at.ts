import type { Values } from '@silian/kernel/declared/columns.ts'

interface Version {
  readonly version: number
  readonly after: Values
}

/** A row as a version left it, out of what each version changed. */
export const stateAt = (history: readonly Version[], version: number): Values =>
  Object.assign(
    {},
    ...history
      .filter(item => item.version <= version)
      .sort((a, b) => a.version - b.version)
      .map(({ after }) => after),
  )
