import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { newId } from '../../api/ids.ts'
import { isPassing } from '../../api/problem.ts'

/**
 * A command with one key as long as its outcome is unknown: sending it again is doing it once. A refusal left nothing
 * behind, so what is sent after it is another intention.
 */
export function useCommand<T, A = void>(
  run: (key: string, given: A) => Promise<T>,
  then: (answer: T) => void = () => undefined,
) {
  const key = useRef(newId())
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: A) => run(key.current, given),
    onSuccess: async answer => {
      key.current = newId()
      await queries.invalidateQueries({ queryKey: ['purchases'] })
      then(answer)
    },
    onError: error => {
      if (!isPassing(error)) key.current = newId()
    },
  })
}
