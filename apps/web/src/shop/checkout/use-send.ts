import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { isPassing } from '../../api/problem.ts'
import type { CartLine } from '../cart/rules.ts'
import { useOnline } from '../frame/online.ts'
import { useGo } from '../ui/go.tsx'
import { type Draft, stepOf } from './draft.ts'
import { sendDraft } from './send.ts'

export type Send = ReturnType<typeof useSend>

export function useSend(draft: Draft, lines: readonly CartLine[]) {
  const go = useGo()
  const queries = useQueryClient()
  const send = useMutation({
    // our own note of what was sent decides, also without a line
    networkMode: 'always',
    mutationFn: (written: Draft | undefined) => sendDraft({ draft: written ?? draft, lines }),
    onSuccess: next => {
      void queries.invalidateQueries({ queryKey: ['session'] })
      void queries.invalidateQueries({ queryKey: ['purchases'] })
      void queries.invalidateQueries({ queryKey: ['addresses'] })
      if ('pay' in next) go(`/pay/${next.pay}`, { replace: true })
      else go('/orders', { replace: true })
    },
    onError: error => {
      void queries.invalidateQueries({ queryKey: ['session'] })
      // what was refused may be sold otherwise by now
      if (!isPassing(error)) void queries.invalidateQueries({ queryKey: ['offer'] })
    },
  })
  useGoingOn(draft, send)
  return send
}

const PAUSES = [0, 1_000, 3_000, 10_000, 30_000]

interface Going {
  readonly isPending: boolean
  readonly isSuccess: boolean
  mutate(written: undefined): void
}

/** What was begun goes on by itself, after longer and longer pauses: the line is back, or the customer is. */
function useGoingOn(draft: Draft, { isPending, isSuccess, mutate }: Going): void {
  const online = useOnline()
  const tries = useRef(0)
  const waits = stepOf(draft) !== 'writing' && !isPending && !isSuccess && online
  useEffect(() => {
    if (!waits) return undefined
    const timer = setTimeout(() => mutate(undefined), PAUSES[Math.min(tries.current, PAUSES.length - 1)])
    tries.current += 1
    return () => clearTimeout(timer)
  }, [waits, mutate])
}
