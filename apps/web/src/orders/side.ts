/** From where orders are looked at: one of their two sides, or an office above them. */
export type Side = 'buyer' | 'supplier' | 'office'

export const listOf = {
  buyer: '/p/$programme/buyer/orders',
  supplier: '/p/$programme/supplier/orders',
  office: '/p/$programme/office/orders',
} as const

export const pageOf = {
  buyer: '/p/$programme/buyer/orders/$order',
  supplier: '/p/$programme/supplier/orders/$order',
  office: '/p/$programme/office/orders/$order',
} as const
