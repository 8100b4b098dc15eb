import type { ProcessShape } from '@silian/kernel/process/contract.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { processRoutes } from '../routes.ts'

export const processesQuery = (programme: string) =>
  queryOptions({
    queryKey: ['processes', programme],
    queryFn: ({ signal }) => send(processRoutes.processes, { params: { programme }, signal }),
    staleTime: 300_000,
  })

/** The processes that the reader may open or read. */
export const useProcesses = () => useQuery(processesQuery(useProgrammeId()))

export type StateShape = ProcessShape['states'][number]
