import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { registerRoutes } from '../routes.ts'

export const registersQuery = (programme: string) =>
  queryOptions({
    queryKey: ['registers', programme],
    queryFn: ({ signal }) => send(registerRoutes.registers, { params: { programme }, signal }),
    staleTime: 300_000,
  })

/** The registers that the reader may see, with what else they may do there. */
export const useRegisters = () => useQuery(registersQuery(useProgrammeId()))

export type May = RegisterShape['may'][number]
export const may = ({ may: granted }: RegisterShape, what: May): boolean => granted.includes(what)
