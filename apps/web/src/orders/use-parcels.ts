import type { OrderParcels } from '@silian/chains/supply/delivery/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { useProgrammeId } from '../session/programme.ts'

/** An order's parcels, and what of each line is where. */
export function useParcels(order: string) {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['order-parcels', programme, order],
    queryFn: ({ signal }) => call('orderParcels', { params: { programme, order }, signal }),
  })
}

export interface LinePart {
  readonly no: number
  readonly pieces: number
}

/** Lines of which something is in no parcel yet. */
export const unpackedOf = (lines: OrderParcels['lines']): LinePart[] =>
  lines.map(({ no, toSend }) => ({ no, pieces: toSend })).filter(({ pieces }) => pieces > 0)

/** Lines of which something has not left yet, packed or not. */
export const unsentOf = (lines: OrderParcels['lines']): LinePart[] =>
  lines.map(({ no, toSend, packed }) => ({ no, pieces: toSend + packed })).filter(({ pieces }) => pieces > 0)

export const sumOf = (parts: readonly LinePart[]): number =>
  parts.reduce((sum, { pieces }) => sum + pieces, 0)
