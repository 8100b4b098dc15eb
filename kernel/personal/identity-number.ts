const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

export type IdentityProblem = 'length' | 'date' | 'check'

/** What is wrong with a normalised resident identity number (GB 11643, 18 places), if anything. */
export function identityProblem(text: string): IdentityProblem | undefined {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return 'length'
  if (!isDate(text.slice(6, 14))) return 'date'
  return checkCharacter(text) === text[17] ? undefined : 'check'
}

/** The 18th place over the first 17 (ISO 7064, MOD 11-2). */
export const checkCharacter = (text: string): string =>
  CHECKS[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(text[i]), 0) % 11]!

function isDate(digits: string): boolean {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
  const date = new Date(`${iso}T00:00:00Z`)
  return digits >= '18000101' && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
}
