const DAY_MS = 86_400_000

/**
 * Within how many days a claim of this kind is told: banks and devices tell at once what they saw, everything else may come
 * on paper. Laid down in docs/log-format.md; a claim that is older when it is recorded is flagged wherever it is shown.
 */
export const tellWithinDays = (type: string): number => (/^(bank|device)\./.test(type) ? 7 : 31)

/** The shortest of them, which the index `fact_late` is made by. */
export const LEAST_DAYS = 7

/** When something happened, as claimed, and when it was recorded. */
export interface Told {
  readonly type: string
  readonly at: Date
  readonly recordedAt: Date
}

/** Whether what is claimed happened longer ago, when it was recorded, than its kind allows. */
export const isLate = ({ type, at, recordedAt }: Told): boolean =>
  recordedAt.getTime() - at.getTime() > tellWithinDays(type) * DAY_MS

/** Full days between what is claimed and its record. */
export const daysLate = ({ at, recordedAt }: Omit<Told, 'type'>): number =>
  Math.floor((recordedAt.getTime() - at.getTime()) / DAY_MS)
