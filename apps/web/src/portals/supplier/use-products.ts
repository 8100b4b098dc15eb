import { useQuery } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { useProgrammeId } from '../../session/programme.ts'

/** The products one may see, up to 200: a seller has few, and a choice needs them all. */
export function useProducts() {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['products', programme, 'all'],
    queryFn: ({ signal }) => call('products', { params: { programme }, query: { limit: 200 }, signal }),
    select: page => page.items,
  })
}
