/** China has had one time zone without summer time since 1991: periods, year ends and working days are its dates. */
const OFFSET_MS = 8 * 3_600_000

/** `YYYY-MM-DD` of an instant in Asia/Shanghai. */
export const dateOf = (at: Date): string => new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10)

/** `YYYY-MM-DD HH:MM`, as clocks show it. */
export const momentOf = (at: Date): string =>
  new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ')

/** `YYYY-MM` of an instant in Asia/Shanghai. */
export const monthOf = (at: Date): string => dateOf(at).slice(0, 7)

/** Calendar year of an instant in Asia/Shanghai. */
export const yearOf = (at: Date): number => Number(dateOf(at).slice(0, 4))

/** The first instant of a date in Asia/Shanghai. */
export const startOf = (date: string): Date => new Date(Date.parse(`${date}T00:00:00Z`) - OFFSET_MS)

/** A date some days later (or earlier). */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
