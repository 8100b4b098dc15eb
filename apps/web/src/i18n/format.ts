const zone = 'Asia/Shanghai'

/** Fen as yuan, exact: 123450 → ¥1,234.50. */
export function formatFen(fen: number): string {
  const value = BigInt(fen)
  const whole = value < 0n ? -value : value
  const yuan = (whole / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = (whole % 100n).toString().padStart(2, '0')
  return `${value < 0n ? '−' : ''}¥${yuan}.${rest}`
}

export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** Parts of ten thousand as a percentage with one decimal, cut and not rounded: 99.99 % is not 100. */
export const formatRatio = (part: number, whole: number): string => {
  if (whole <= 0) return '—'
  const tenths = (BigInt(part) * 1000n) / BigInt(whole)
  // no line ends between a number and its sign
  return `${tenths / 10n}.${tenths % 10n}\u00a0%`
}

/** A weight in the unit a shopper would use: `{ value: '2.5', unit: 'kg' }`. */
export function weightOf(grams: number): { value: string; unit: 'g' | 'kg' } {
  if (grams < 1000) return { value: formatCount(grams), unit: 'g' }
  const [whole, rest] = [Math.floor(grams / 1000), grams % 1000]
  const decimals = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`
  return { value: `${formatCount(whole)}${decimals}`, unit: 'kg' }
}

const dateParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const timeParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})

/** The day of an instant in Shanghai, `2026-03-01`: the same in both languages, as the offices write it. */
export const formatDay = (instant: string): string => dateParts.format(new Date(instant))
export const formatInstant = (instant: string): string =>
  `${formatDay(instant)} ${timeParts.format(new Date(instant))}`
/** The running month in Shanghai, `2026-03`. */
export const monthOf = (instant: Date): string => dateParts.format(instant).slice(0, 7)
/** The running year in Shanghai. */
export const yearOf = (instant: Date): number => Number(monthOf(instant).slice(0, 4))
