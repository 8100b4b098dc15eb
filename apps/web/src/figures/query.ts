import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/call.ts'

export const figuresQuery = (programme: string) =>
  queryOptions({
    queryKey: ['figures', programme],
    queryFn: ({ signal }) => call('figures', { params: { programme }, signal }),
  })
