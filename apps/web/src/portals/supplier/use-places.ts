import { useQuery } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { useProgrammeId } from '../../session/programme.ts'

/** The seller's places with what lies there, and what lies at none. */
export function usePlaces() {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['lot-places', programme],
    queryFn: ({ signal }) => call('lotPlaces', { params: { programme }, signal }),
    select: page => page.items,
  })
}
