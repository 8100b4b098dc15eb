import { fromUtf8, toHex } from '@silian/verifier/bytes.ts'
import type { JsonObject } from '@silian/verifier/canonical.ts'
import type { ProofReport } from '@silian/verifier/proof.ts'

/** One thing that an entry says: its name in the messages, and how to show it. */
export interface Said {
  readonly name: string
  readonly kind: 'fen' | 'amount' | 'count' | 'day' | 'text' | 'code'
  readonly value: string
  /** Of an amount. */
  readonly unit?: string
}

const kinds: Readonly<Record<string, Said['kind']>> = {
  ...{
    fen: 'fen',
    householdsFen: 'fen',
    cooperativeFen: 'fen',
    amountFen: 'fen',
    shareFen: 'fen',
  },
  ...{ count: 'count', items: 'count', parts: 'count', score: 'count', points: 'count', upTo: 'count' },
  ...{ county: 'code', period: 'code', number: 'code', metric: 'code', shipBy: 'day', reference: 'code' },
  ...{
    waybill: 'code',
    carrier: 'text',
    outcome: 'code',
    text: 'text',
    state: 'code',
    to: 'code',
    code: 'code',
  },
  ...{
    invoice: 'code',
    order: 'code',
    batch: 'code',
    item: 'code',
    case: 'code',
    household: 'code',
    name: 'text',
  },
}

/** What the public part says, as far as there are words for it: amounts first. */
export const saidBy = (pub: JsonObject): Said[] =>
  Object.entries(pub)
    .flatMap(([name, value]) => (name === 'total' ? counted(name, value, pub) : saidAs(name, value)))
    .sort((a, b) => Number(isAmount(b)) - Number(isAmount(a)))

const isAmount = ({ kind }: Said): boolean => kind === 'fen' || kind === 'amount'

/** An amount of a figure, in the figure's own unit: suppliers are no yuan. */
export function counted(name: string, value: unknown, pub: JsonObject): Said[] {
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) return []
  const { sums } = pub
  const unit = typeof sums === 'object' && sums !== null && !Array.isArray(sums) ? sums.unit : 'fen'
  return unit === 'fen'
    ? [{ name, kind: 'fen', value }]
    : [{ name, kind: 'amount', value, unit: typeof unit === 'string' ? unit : '' }]
}

function saidAs(name: string, value: unknown): Said[] {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (!kind || (typeof value !== 'string' && typeof value !== 'number')) return []
  if (kind === 'fen' && !/^-?\d+$/.test(String(value))) return []
  return [{ name, kind, value: String(value) }]
}

/** What a receipt opens of what is hidden in the log: a value, or several in one. */
export function openedBy({ openings }: ProofReport): Said[] {
  return openings.flatMap(({ name, value }) => {
    const text = fromUtf8(value)
    if (text === undefined) return [{ name: 'hidden', kind: 'code' as const, value: toHex(value) }]
    const known = saidAs(name, text)
    if (known.length > 0) return known
    const inside = objectIn(text)
    return inside ? saidBy(inside) : [{ name: 'hidden', kind: 'text' as const, value: text }]
  })
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const json = JSON.parse(text) as unknown
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as JsonObject)
      : undefined
  } catch {
    return undefined
  }
}
