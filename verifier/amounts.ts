import type { JsonObject } from './canonical.ts'
import type { Language } from './messages.ts'
import { readDecimal } from './metric.ts'

const yuan = { zh: '元', en: 'yuan' } as const

/** A sum with its unit; fen are told as yuan. */
export function amountText(sum: bigint, unit: string, language: Language): string {
  if (unit !== 'fen') return `${sum} ${unit}`.trim()
  const digits = String(sum < 0n ? -sum : sum).padStart(3, '0')
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)} ${yuan[language]}`
}

/** What the public part of a fact states in fen, by name. */
export const fenIn = (pub: JsonObject): { readonly name: string; readonly fen: bigint }[] =>
  Object.entries(pub).flatMap(([name, value]) => {
    const fen = /^fen$|Fen$/.test(name) ? readDecimal(value) : undefined
    return fen === undefined ? [] : [{ name, fen }]
  })
