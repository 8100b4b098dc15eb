import { useQuery } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { useProgrammeId } from '../session/programme.ts'

/** The declarations one may see, up to 200: a unit has few, and a choice needs them all. */
export function useDeclarations(enabled = true) {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['declarations', programme],
    queryFn: ({ signal }) => call('declarations', { params: { programme }, query: { limit: 200 }, signal }),
    enabled,
    select: page => page.items,
  })
}
