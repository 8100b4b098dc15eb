import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Me, Programme } from '../api/access.ts'
import { call } from '../api/call.ts'
import { Problem } from '../api/problem.ts'
import { useProgrammeId } from './programme.ts'

/** Who is signed in; null for the public. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await call('me', { signal })
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export const useMe = () => useQuery(meQuery)

/** What the signed-in account is in the programme of the page; undefined for a stranger to it. */
export function useMember(): Programme | undefined {
  const programme = useProgrammeId()
  return useMe().data?.programmes.find(({ id }) => id === programme)
}

/** Nothing that one account saw stays for the next. */
async function forget(client: QueryClient): Promise<void> {
  client.clear()
  sessionStorage.clear()
  await client.fetchQuery(meQuery)
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { username: string; password: string }) => call('signIn', { body }),
    onSuccess: () => forget(client),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({ mutationFn: () => call('signOut', {}), onSettled: () => forget(client) })
}
