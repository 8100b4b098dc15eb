export interface CustomerTable {
  programme_id: string
  id: string
  phone: Buffer
  phone_index: Buffer
  name: Buffer | null
  proven_at: Date | null
  created_at: Date
  closed_at: Date | null
}

export interface CustomerAddressTable {
  programme_id: string
  id: string
  customer_id: string
  area_code: string
  recipient: Buffer
  phone: Buffer
  address: Buffer
  place_index: Buffer | null
  created_at: Date
  used_at: Date
  closed_at: Date | null
}

export interface CustomerSessionTable {
  programme_id: string
  token_hash: Buffer
  customer_id: string
  created_at: Date
  expires_at: Date
}

export interface CustomerCodeTable {
  programme_id: string
  phone_index: Buffer
  code_hash: Buffer
  tries: number
  sent_at: Date
  expires_at: Date
}

declare module '@silian/kernel/database/tables.ts' {
  interface Tables {
    customer: CustomerTable
    customer_address: CustomerAddressTable
    customer_session: CustomerSessionTable
    customer_code: CustomerCodeTable
  }
}
