import { addDays, dateOf, startOf } from '../time/shanghai.ts'

interface Term {
  readonly years?: number
  readonly days?: number
  /** Counted from the end of the year in which its event fell, as accounts are. */
  readonly fromYearEnd?: boolean
}

/**
 * Why something is kept, and for how long after its event. Reason, law and event of each stand in the messages
 * (`retention.json`: `class.<code>`, `law.<code>`, `event.<code>`); docs/erasure.md says which of them were looked up.
 */
export const retentionClasses = {
  // 会计档案管理办法 (2016) art. 14, 15: vouchers, from the first day after the year
  accounting: { years: 30, fromYearEnd: true },
  // 政府采购法 art. 42: from the end of the purchase
  procurement: { years: 15 },
  // 民法典 art. 188: three years in which a claim may be brought, from the end of what was promised
  contract: { years: 3 },
  // 电子商务法 art. 31: what was sold, paid, sent and taken back, from the end of the trade
  trade: { years: 3 },
  // evidence of an application, kept while its decision may be contested
  application: { years: 5 },
  // 食品安全法 art. 50: six months after the shelf life, or two years where there is none
  inspection: { years: 2 },
  // what was only handed over to be read: import files, drafts
  passing: { days: 30 },
  public: null,
} as const satisfies Readonly<Record<string, Term | null>>

export type RetentionClass = keyof typeof retentionClasses
export const retentionCodes = Object.keys(retentionClasses) as RetentionClass[]

/** The classes that a value may be held by, or `none`: it goes as soon as it is not needed or not wanted any more. */
export type Retention = 'none' | readonly RetentionClass[]

/** The first day on which what this class holds may be destroyed; null for never. `event` is a date in Shanghai. */
export function heldUntil(retention: RetentionClass, event: string): string | null {
  const term: Term | null = retentionClasses[retention]
  if (term === null) return null
  const first = term.fromYearEnd ? `${Number(event.slice(0, 4)) + 1}-01-01` : event
  return addDays(`${Number(first.slice(0, 4)) + (term.years ?? 0)}${first.slice(4)}`, term.days ?? 0)
}

/** The instant from which a file of this class may be destroyed, counted from its upload; null for never. */
export function deleteAfter(retention: RetentionClass, uploadedAt: Date): Date | null {
  const day = dateOf(uploadedAt)
  const until = heldUntil(retention, day)
  if (until === null) return null
  return new Date(uploadedAt.getTime() + startOf(until).getTime() - startOf(day).getTime())
}
