import type { SearchSort } from '@silian/chains/supply/search/contract.ts'
import { queryOptions } from '@tanstack/react-query'
import { shopCall } from './api.ts'

/** What several pages ask: asked once, kept for all of them. */
const hour = 3_600_000
/** What offices may change at any time. */
const minute = 60_000

export const pavilionsOf = (programme: string) =>
  queryOptions({
    queryKey: ['pavilions', programme],
    queryFn: ({ signal }) => shopCall('pavilions', { params: { programme }, signal }),
    staleTime: minute,
  })

export const flagshipsOf = (programme: string) =>
  queryOptions({
    queryKey: ['flagships', programme],
    queryFn: ({ signal }) => shopCall('flagships', { params: { programme }, signal }),
    staleTime: minute,
  })

export const harvestOf = (programme: string, asked: { month?: number; county?: string }) =>
  queryOptions({
    queryKey: ['harvest', programme, asked],
    queryFn: ({ signal }) => shopCall('harvestCalendar', { params: { programme }, query: asked, signal }),
    staleTime: minute,
  })

/** What lies directly below an area; the provinces below none. */
export const areasOf = (programme: string, parent: string) =>
  queryOptions({
    queryKey: ['areas', programme, parent],
    queryFn: ({ signal }) =>
      shopCall('areas', { params: { programme }, query: parent ? { parent } : {}, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

interface Asked {
  readonly county?: string
  readonly class?: string
  readonly sort?: SearchSort
  readonly limit: number
}

/** One page of what is on sale, without a search. */
export const offersOf = (programme: string, asked: Asked) =>
  queryOptions({
    queryKey: ['offers', programme, asked],
    queryFn: ({ signal }) => shopCall('found', { params: { programme }, query: asked, signal }),
  })

export const offerOf = (programme: string, offer: string) =>
  queryOptions({
    queryKey: ['offer', programme, offer],
    queryFn: ({ signal }) => shopCall('offer', { params: { programme, offer }, signal }),
  })

export const payWaysOf = (programme: string) =>
  queryOptions({
    queryKey: ['pay-ways', programme],
    queryFn: ({ signal }) => shopCall('payWays', { params: { programme }, signal }),
    staleTime: hour,
  })

export const sessionOf = (programme: string) =>
  queryOptions({
    queryKey: ['session', programme],
    queryFn: ({ signal }) => shopCall('session', { params: { programme }, signal }),
    staleTime: 60_000,
  })

export const classesOf = (programme: string) =>
  queryOptions({
    queryKey: ['classes', programme],
    queryFn: ({ signal }) => shopCall('produceClasses', { params: { programme }, signal }),
    staleTime: hour,
  })
