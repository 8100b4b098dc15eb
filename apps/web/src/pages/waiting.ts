export const pages: Readonly<Record<string, string>> = {
  orders_to_approve: 'buyer/orders?state=in_approval',
  orders_to_ship: 'supplier/orders?state=approved',
  orders_to_accept: 'buyer/orders?state=shipped',
  orders_to_pay: 'buyer/orders',
  orders_to_evaluate: 'buyer/orders?state=accepted',
  declarations_to_confirm: 'office/declarations',
  payouts_to_confirm: 'village/payouts',
  payouts_to_send: 'office/payouts',
  figures_to_publish: 'office/figures',
}

/** The page where waiting work of a kind is done. */
export const placeOf = (kind: string, programme: string): string => `/p/${programme}/${pages[kind] ?? 'home'}`
