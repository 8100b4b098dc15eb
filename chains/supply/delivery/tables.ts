import type { Generated } from 'kysely'
import type { eventKinds, parcelStates } from './contract.ts'

export interface ParcelTable {
  programme_id: string
  id: string
  order_id: string
  no: number
  seller_id: string
  carrier: string
  carrier_name: string
  waybill: string | null
  state: (typeof parcelStates)[number]
  packed_at: Date
  shipped_at: Generated<Date | null>
  delivered_at: Generated<Date | null>
}

export interface ParcelLineTable {
  programme_id: string
  parcel_id: string
  order_id: string
  line_no: number
  pieces: number
  quantity: number
}

export interface ParcelEventTable {
  programme_id: string
  parcel_id: string
  kind: (typeof eventKinds)[number]
  at: Date
  place: string
  heard_at: Date
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    parcel: ParcelTable
    parcel_line: ParcelLineTable
    parcel_event: ParcelEventTable
  }
}
