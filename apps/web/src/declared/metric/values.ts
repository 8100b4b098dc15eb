import { useQuery } from '@tanstack/react-query'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { metricRoutes } from '../routes.ts'

type Query = Record<string, string | readonly string[] | undefined>

/** Values of a metric as they are asked for. */
export function useValues(metric: string, query: Query, enabled = true) {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['metric', programme, metric, 'values', query],
    queryFn: ({ signal }) => send(metricRoutes.values, { params: { programme, metric }, query, signal }),
    placeholderData: before => before,
    enabled,
  })
}
