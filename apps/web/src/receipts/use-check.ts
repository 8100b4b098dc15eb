import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useProgrammeId } from '../session/programme.ts'
import { type Believed, compare, judge, servedPolicy } from './check.ts'

const DAY = 86_400

/** A receipt to be checked, by the name of the file that it came in. */
export interface Given {
  readonly name: string
  readonly proof: Uint8Array
}

export const useServedPolicy = (programme: string) =>
  useQuery({
    queryKey: ['policy', programme],
    queryFn: () => servedPolicy(programme, localStorage),
    retry: false,
    networkMode: 'always',
  })

/** The policy that the server shows, until the visitor has one of their own. */
export function useTrust() {
  const programme = useProgrammeId()
  const [own, setOwn] = useState<Believed>()
  const [days, setDays] = useState<number>()
  const served = useServedPolicy(programme)
  return { believed: own ?? served.data, isMissing: !own && served.isError, setOwn, days, setDays }
}

/** Verdicts of receipts, and of two what they say together. Nothing of them leaves the browser. */
export function useVerdicts(
  given: readonly Given[],
  believed: Believed | undefined,
  days: number | undefined,
) {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: [
      'verdicts',
      programme,
      given.map(({ name, proof }) => `${name} ${proof.join()}`),
      believed,
      days,
    ],
    enabled: given.length > 0 && believed !== undefined,
    queryFn: async () => {
      const judged = await Promise.all(
        given.map(async ({ name, proof }, at) => ({
          ...{ key: `${at} ${name}`, name },
          verdict: await judge(proof, believed!, days === undefined ? undefined : days * DAY),
        })),
      )
      const [a, b] = given
      const split = a && b ? await compare([a.proof, b.proof], believed!, programme) : undefined
      return { judged, split }
    },
    retry: false,
    networkMode: 'always',
  })
}
