import { formatDay } from '../../i18n/format.ts'

export type RecognitionState = 'none' | 'valid' | 'ending' | 'over'

/** Days before its end at which a recognition is pointed out; the platform of 832 warns at 90, 30 and 7 (P6). */
const SOON = 90

export function recognitionOf(
  period: { readonly from: string; readonly to: string } | null,
  now: Date,
): RecognitionState {
  if (!period) return 'none'
  const today = formatDay(now.toISOString())
  if (period.to < today) return 'over'
  const left = (Date.parse(period.to) - Date.parse(today)) / 86_400_000
  return left <= SOON ? 'ending' : 'valid'
}
