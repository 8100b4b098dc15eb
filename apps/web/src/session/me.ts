import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Account, Me, Programme, SignInBody } from '../api/access.ts'
import { call } from '../api/call.ts'
import { keep } from '../i18n/kept.ts'
import { useProgrammeId } from './programme.ts'

/** Who is signed in; without an account for the public. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }): Promise<Me> => call('me', { signal }),
  staleTime: 60_000,
})

export const useMe = () => useQuery(meQuery)

/** The account signed in; null for the public, undefined while that is not known. */
export const useAccount = (): Account | null | undefined => useMe().data?.account

/** What the account is in the programme of the page; undefined for a stranger to it. */
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
    mutationFn: (body: SignInBody) => call('signIn', { body }),
    onSuccess: async () => {
      await forget(client)
      const first = client.getQueryData(meQuery.queryKey)?.programmes[0]
      if (first) keep('programme', first.id)
    },
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({ mutationFn: () => call('signOut', {}), onSettled: () => forget(client) })
}
