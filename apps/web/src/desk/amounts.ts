/**
 * A decimal that was typed as a whole number of its smallest unit, exactly: `toUnits('12.3', 2)` → 1230. Undefined for
 * what is no such number or too large to count.
 */
export function toUnits(typed: string, decimals: number): number | undefined {
  const found = /^(\d{1,16})(?:\.(\d+))?$/.exec(typed.trim())
  const [, whole = '', part = ''] = found ?? []
  if (!found || part.length > decimals) return undefined
  const units = Number(BigInt(whole + part.padEnd(decimals, '0')))
  return Number.isSafeInteger(units) ? units : undefined
}

/** The same the other way, without needless zeros: `fromUnits(1230, 2)` → '12.3'. */
export function fromUnits(units: number, decimals: number): string {
  const digits = String(units).padStart(decimals + 1, '0')
  const [whole, part] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)]
  const kept = part.replace(/0+$/, '')
  return kept ? `${whole}.${kept}` : whole
}
