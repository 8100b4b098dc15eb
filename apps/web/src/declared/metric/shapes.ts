import { queryOptions, useQuery } from '@tanstack/react-query'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { metricRoutes } from '../routes.ts'

export const metricsQuery = (programme: string) =>
  queryOptions({
    queryKey: ['metrics', programme],
    queryFn: ({ signal }) => send(metricRoutes.metrics, { params: { programme }, signal }),
    staleTime: 300_000,
  })

/** The definitions of the metrics that the reader may see. */
export const useMetrics = () => useQuery(metricsQuery(useProgrammeId()))
