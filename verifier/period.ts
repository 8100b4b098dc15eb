const shanghaiOffset = 8 * 3_600_000

/**
 * The month `YYYY-MM` of an instant as a date in Asia/Shanghai. The offset is fixed at UTC+8: China has kept no summer
 * time since 1991, and a verifier must not depend on the time-zone data of its host.
 */
export function monthOf(instant: string): string {
  return new Date(Date.parse(instant) + shanghaiOffset).toISOString().slice(0, -'-ddThh:mm:ss.sssZ'.length)
}

/** Whether a text is a month `YYYY-MM`. */
export const isMonth = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

/** The month after a month. */
export function nextMonth(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  const [nextYear, next] = number === 12 ? [year + 1, 1] : [year, number + 1]
  return `${String(nextYear).padStart(4, '0')}-${String(next).padStart(2, '0')}`
}
