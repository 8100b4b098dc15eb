/** Amounts are whole numbers of a small unit on the wire; people read and write a larger one of `10 ** places`. */
interface Unit {
  readonly places: number
  /** Key of its name in the messages, `unit.<label>`. */
  readonly label: string
}

const shown: Readonly<Record<string, Unit>> = {
  fen: { places: 2, label: 'yuan' },
  gram: { places: 3, label: 'kilogram' },
  g: { places: 3, label: 'kilogram' },
  bp: { places: 2, label: 'percent' },
  hundredth: { places: 2, label: 'point' },
  times: { places: 2, label: 'times' },
}

export const unitOf = (unit: string | null): Unit => shown[unit ?? ''] ?? { places: 0, label: unit ?? '' }

/** 123450 fen → `1234.50`; trailing noughts beyond the point go, but for money. Exact for every safe integer. */
export function toShown(value: number, unit: string | null): string {
  const { places } = unitOf(unit)
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const rest = digits.slice(digits.length - places)
  const kept = unit === 'fen' ? rest : rest.replace(/0+$/, '')
  return `${value < 0 ? '-' : ''}${whole}${kept === '' ? '' : `.${kept}`}`
}

/** What somebody typed as the wire's whole number, or the code of what is wrong with it. */
export function fromShown(
  typed: string,
  unit: string | null,
): { value: number } | { fault: 'type' | 'places' } {
  const { places } = unitOf(unit)
  const match = /^([+-]?)(\d{1,16})(?:\.(\d*))?$/.exec(typed.replace(/[,\s\u00a0\uff0c]/g, ''))
  if (!match) return { fault: 'type' }
  const [, sign = '', whole = '', rest = ''] = match
  if (rest.replace(/0+$/, '').length > places) return { fault: 'places' }
  const value = Number(`${sign}${whole}${rest.slice(0, places).padEnd(places, '0')}`)
  return Number.isSafeInteger(value) ? { value } : { fault: 'type' }
}

const METRES_A_MU = { of: 2000, by: 3 }

/** Land in mu beside its square metres, from one mu on: 800 → `1.20`. Undefined for other units and for less. */
export function inMu(value: number, unit: string | null): string | undefined {
  if (unit !== 'square_metre' || value * METRES_A_MU.by < METRES_A_MU.of) return undefined
  return ((value * METRES_A_MU.by) / METRES_A_MU.of).toFixed(2)
}

/** With the thousands apart, as it is read: `1,234.50`. */
export const grouped = (shownText: string): string => {
  const [whole = '', rest] = shownText.split('.')
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',').replace('-', '−')
  return rest === undefined ? apart : `${apart}.${rest}`
}
