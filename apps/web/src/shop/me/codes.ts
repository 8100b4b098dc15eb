import type { Problem } from '../../api/problem.ts'

/** What is known of the codes that were asked for. */
export interface Codes {
  /** From when another may be asked for, milliseconds, by phone. */
  readonly again: Readonly<Record<string, number>>
  /** The one sent last. */
  readonly sent?: { readonly phone: string; readonly minutes: number }
}

export const noCodes: Codes = { again: {} }

interface Told {
  readonly againInSeconds: number
  readonly goodForSeconds: number
}

export const sentCode = ({ again }: Codes, phone: string, told: Told, now: number): Codes => ({
  again: { ...again, [phone]: now + told.againInSeconds * 1000 },
  sent: { phone, minutes: Math.round(told.goodForSeconds / 60) },
})

/** Asked for too soon: the code of before is still good, and it is told when the next one is to be had. */
export const refusedCode = (codes: Codes, phone: string, { code, params }: Problem, now: number): Codes =>
  code === 'code.too_soon'
    ? { ...codes, again: { ...codes.again, [phone]: now + Number(params.seconds) * 1000 } }
    : codes

export const secondsLeft = (until: number | undefined, now: number): number =>
  Math.max(0, Math.ceil(((until ?? 0) - now) / 1000))
