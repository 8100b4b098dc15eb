import { useQuery } from '@tanstack/react-query'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { processRoutes } from '../routes.ts'

/** How much lies on the reader's desks, how much of it late or nearly so. */
export const useCounts = () => {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['inbox', programme, 'counts'],
    queryFn: ({ signal }) => send(processRoutes.counts, { params: { programme }, signal }),
    refetchInterval: 60_000,
  })
}
