import type { CitizenOrder, placed } from '@silian/chains/supply/orders/contract.ts'
import { newId } from '../../api/ids.ts'
import { isPassing } from '../../api/problem.ts'
import type { Out } from '../../api/route.ts'
import type { CartLine } from '../cart/rules.ts'

export type Way = 'wechat' | 'alipay' | 'wallet'

/** What the customer writes on the one page. */
export interface Form {
  readonly phone: string
  /** One of those kept, or the fields below it. */
  readonly addressId: string
  readonly name: string
  readonly areaCode: string
  readonly address: string
  readonly note: string
  readonly way: Way
  readonly fromWallet: boolean
}

export const emptyForm: Form = {
  ...{ phone: '', addressId: '', name: '', areaCode: '', address: '', note: '' },
  ...{ way: 'wechat', fromWallet: false },
}

/**
 * One intention to buy, kept until its payment is opened. `key` and `id` make sending it again the same order; `sent` is
 * what was sent under them and may have arrived: until an answer comes nothing else may be sent.
 */
export interface Draft {
  readonly programme: string
  readonly key: string
  readonly id: string
  readonly form: Form
  readonly sent?: CitizenOrder
  readonly placed?: Out<typeof placed>['orders']
  /** Of the payment of what was placed. */
  readonly payKey: string
  readonly paymentId: string
}

export const newDraft = (programme: string, form: Form = emptyForm): Draft => ({
  ...{ programme, form },
  ...{ key: newId(), id: newId(), payKey: newId(), paymentId: newId() },
})

/** `writing`: nothing has left; `unsure`: sent, no answer yet; `placed`: ordered, to be paid. */
export type Step = 'writing' | 'unsure' | 'placed'
export const stepOf = ({ sent, placed }: Draft): Step => (placed ? 'placed' : sent ? 'unsure' : 'writing')

/** What is sent for a draft: the lines as the customer agreed to them. */
export const bodyOf = ({ id, form }: Draft, lines: readonly CartLine[], walletFen: number): CitizenOrder => ({
  ...{ buyer: 'citizen', id, note: form.note.trim(), walletFen: form.fromWallet ? walletFen : 0 },
  lines: lines.map(({ offerId, pieces, seen }) => ({ offerId, offerVersion: seen.version, pieces })),
  delivery: form.addressId
    ? { addressId: form.addressId }
    : {
        name: form.name.trim(),
        phone: bareNumber(form.phone),
        areaCode: form.areaCode,
        address: form.address.trim(),
      },
})

/**
 * After a failed try: what may go better by itself stays as it was sent, for it may have arrived. A refusal left nothing
 * behind, so the customer may change what they wrote, under a new key.
 */
export const afterFailure = (draft: Draft, error: unknown): Draft =>
  isPassing(error) ? draft : newDraft(draft.programme, draft.form)

type Kept = Pick<Form, 'name' | 'areaCode' | 'address'> & { readonly id: string }

/** Which kept address a form begins with: the one chosen or written in it, the one used last in an empty one, or none. */
export function keptFor(form: Form, items: readonly Kept[]): string {
  if (items.some(({ id }) => id === form.addressId)) return form.addressId
  const isBare = [form.name, form.areaCode, form.address].every(text => text.trim() === '')
  const isWritten = (item: Kept) =>
    item.name === form.name.trim() && item.areaCode === form.areaCode && item.address === form.address.trim()
  const [last] = items
  return (isBare ? last : items.find(isWritten))?.id ?? ''
}

/** As people write a number, without what only makes it easier to read. */
export const bareNumber = (text: string): string => text.replace(/[\s-]/g, '')
export const isMobile = (number: string): boolean => /^((\+|00)?86)?1[3-9]\d{9}$/.test(number)

export type Missing = Partial<Record<keyof Form, string>>

/** Words for each field that is not yet as it must be. */
export function missingOf(form: Form, needsPhone: boolean): Missing {
  const wants = form.addressId === ''
  return {
    ...((needsPhone || wants) && !isMobile(bareNumber(form.phone)) ? { phone: 'field.phone.bad' } : {}),
    ...(wants && !form.name.trim() ? { name: 'field.needed' } : {}),
    ...(wants && !form.areaCode ? { areaCode: 'field.needed' } : {}),
    ...(wants && form.address.trim().length < 4 ? { address: 'field.address.bad' } : {}),
  }
}
