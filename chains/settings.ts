import { publicText } from '@silian/kernel/http/shapes.ts'
import { defineSetting, type Setting } from '@silian/kernel/settings/setting.ts'
import { z } from 'zod'

/** Calendar days that a publicity period lasts at least (domain 2.4, 2.6). */
export const publicityDays = defineSetting({
  key: 'publicity.days',
  kind: 'days',
  shape: z.number().int().min(5).max(60),
  otherwise: 7,
})

/** Whether only suppliers that were admitted and are active may put offers on the shelf (domain 2.1). */
export const onlyActiveSuppliers = defineSetting({
  key: 'offer.active_suppliers_only',
  kind: 'yes',
  shape: z.boolean(),
  otherwise: false,
})

/** What the programme calls itself on public pages; empty: its name. */
export const publicNameZh = defineSetting({
  key: 'public.name_zh',
  kind: 'text',
  shape: z.union([z.literal(''), publicText(40)]),
  otherwise: '',
})
export const publicNameEn = defineSetting({
  key: 'public.name_en',
  kind: 'text',
  shape: z.union([z.literal(''), publicText(80)]),
  otherwise: '',
})

/** The office that answers for the programme, as notices name it. */
export const publicOffice = defineSetting({
  key: 'public.office',
  kind: 'text',
  shape: z.union([z.literal(''), publicText(60)]),
  otherwise: '',
})

/** Every setting there is, in the order of the page. */
export const settings: readonly Setting[] = [
  publicNameZh,
  publicNameEn,
  publicOffice,
  publicityDays,
  onlyActiveSuppliers,
]
