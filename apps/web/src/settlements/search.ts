/** First and last day of a list; the server's names. */
export interface DaySearch {
  readonly from?: string
  readonly to?: string
}

const day = /^\d{4}-\d{2}-\d{2}$/
const isDay = (value: unknown): value is string => typeof value === 'string' && day.test(value)

export const daySearch = ({ from, to }: Record<string, unknown>): DaySearch => ({
  ...(isDay(from) && { from }),
  ...(isDay(to) && { to }),
})
