/** The instant of a date and time of day in Shanghai. */
export const at = (day: string, time: string): Date => new Date(`${day}T${time}:00+08:00`)

export const minutes = (from: Date, more: number): Date => new Date(from.getTime() + more * 60_000)
export const days = (from: Date, more: number): Date => minutes(from, more * 1440)

/** When the programme was set up, before its first order. */
export const setUp = {
  programme: at('2025-06-02', '09:00'),
  organisations: at('2025-06-03', '09:00'),
  people: at('2025-06-04', '09:00'),
  rules: at('2025-06-05', '09:00'),
  households: at('2025-06-09', '09:00'),
  products: at('2025-06-16', '09:00'),
  links: at('2025-06-18', '09:00'),
  recognition: at('2025-06-20', '09:00'),
  canteens: at('2025-06-23', '09:00'),
  declarations: at('2025-06-24', '09:00'),
  decisions: at('2025-06-26', '09:00'),
} as const

/** First and last day on which the plan places orders; what follows of them is done before the year ends. */
export const planFrom = '2025-07-01'
export const planTo = '2025-12-17'
/** Stock that is there when the shop opens. */
export const openingDay = '2025-06-27'
/** After this nothing of the past year moves any more. */
export const pastEnds = at('2026-01-16', '00:00')
