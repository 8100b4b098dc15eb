const PLACES = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Whether a normalised unified social credit code (GB 32100, 18 places) has its right check place. */
export function creditCodeIsRight(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false
  return creditCheck(code) === code[17]
}

/** The 18th place over the first 17. */
export function creditCheck(code: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * PLACES.indexOf(code[i]!), 0)
  return PLACES[(31 - (sum % 31)) % 31]!
}
