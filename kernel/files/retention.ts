/**
 * Why a file is kept and for how long. The terms are minimums of the rules named, counted from the upload; what is
 * `public` stays as long as it is shown.
 */
export const retentionClasses = {
  // 会计档案管理办法 (2016): vouchers
  accounting: { years: 30 },
  // 政府采购法 art. 42: fifteen years from the end of the purchase
  procurement: { years: 15 },
  // evidence of an application, kept while its decision may be contested
  application: { years: 5 },
  // food safety law art. 50: six months after the shelf life, or two years where there is none
  inspection: { years: 2 },
  // what was only handed over to be read: import files, drafts
  passing: { days: 30 },
  public: null,
} as const satisfies Readonly<Record<string, { years: number } | { days: number } | null>>

export type RetentionClass = keyof typeof retentionClasses

/** The instant from which a file of this class may be destroyed; null for never. */
export function deleteAfter(retention: RetentionClass, uploadedAt: Date): Date | null {
  const term = retentionClasses[retention]
  if (term === null) return null
  const at = new Date(uploadedAt)
  if ('years' in term) at.setUTCFullYear(at.getUTCFullYear() + term.years)
  else at.setUTCDate(at.getUTCDate() + term.days)
  return at
}
