import { useQueries } from '@tanstack/react-query'
import { Problem } from '../../api/problem.ts'
import { shopCall } from '../api.ts'
import type { CartLine, Seen } from './rules.ts'
import { type Standing, seenOf, standingOf } from './rules.ts'

export interface LineNow {
  readonly line: CartLine
  readonly now: Seen | undefined
  readonly standing: Standing
}

/** Every line against what is sold now; without an answer the line stays as it was seen. */
export function useStanding(programme: string, lines: readonly CartLine[]): readonly LineNow[] {
  const offers = useQueries({
    queries: lines.map(({ offerId }) => ({
      queryKey: ['offer', programme, offerId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        shopCall('offer', { params: { programme, offer: offerId }, signal }),
      staleTime: 5_000,
      refetchOnMount: 'always' as const,
    })),
  })
  return lines.map((line, at) => {
    const { data, error } = offers[at]!
    if (isGone(error)) return { line, now: undefined, standing: 'gone' }
    const now = data && seenOf(data)
    return { line, now, standing: standingOf(line, now) }
  })
}

const isGone = (error: unknown): boolean => error instanceof Problem && error.status === 404

/** Goes along to the checkout: chosen, and nothing about it has to be agreed to first. */
export const isReady = ({ line, standing }: LineNow): boolean =>
  line.chosen && (standing === 'good' || standing === 'unknown')
