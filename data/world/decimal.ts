/** An exact fraction of two integers; enough to divide printed figures without a float. */
export interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}

export function fraction(decimal: string, factor = 1n): Fraction {
  if (!/^\d+(\.\d+)?$/.test(decimal)) throw new RangeError(`not a decimal: ${decimal}`)
  const [whole = '', part = ''] = decimal.split('.')
  return { top: BigInt(whole + part) * factor, bottom: 10n ** BigInt(part.length) }
}

export const times = (a: Fraction, b: Fraction): Fraction => ({
  top: a.top * b.top,
  bottom: a.bottom * b.bottom,
})

export const over = (a: Fraction, b: Fraction): Fraction => ({
  top: a.top * b.bottom,
  bottom: a.bottom * b.top,
})

export const middle = (a: Fraction, b: Fraction): Fraction => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: 2n * a.bottom * b.bottom,
})

/** Rounded half up to so many digits after the point. */
export function toDecimal({ top, bottom }: Fraction, digits: number): string {
  const scaled = top * 10n ** BigInt(digits)
  const rounded = (scaled * 2n + bottom) / (bottom * 2n)
  const text = String(rounded).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}
