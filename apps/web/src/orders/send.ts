import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { useProgrammeId } from '../session/programme.ts'
import type { BrowserKey } from '../signing/browser-keys.ts'
import { countersign, keyFor, useBrowserKeys } from '../signing/use-signing.ts'
import type { FormAction } from './actions.tsx'

/** What the form of any action may hold; each action reads its own part. */
export interface Draft {
  readonly approve?: boolean
  readonly note?: string
  readonly reason?: string
  readonly goodsOk?: boolean
  readonly invoiceNumber?: string
  readonly photos?: readonly string[]
  /** Accept and sign with the key of this browser. */
  readonly sign?: boolean
  readonly score?: number
  readonly text?: string
}

interface Sent {
  readonly draft: Draft
  readonly key: string
}

/** Sends the command of an action; answers with the payment's id where it opened one. */
export function useSend(action: FormAction, order: OrderDetail) {
  const programme = useProgrammeId()
  const client = useQueryClient()
  const key = keyFor(useBrowserKeys(), order.buyerId ?? '')
  return useMutation({
    mutationFn: (sent: Sent) => send(action, { programme, order: order.id }, sent, key),
    onSuccess: () => client.invalidateQueries(),
  })
}

async function send(
  action: FormAction,
  params: { programme: string; order: string },
  { draft, key }: Sent,
  own: BrowserKey | undefined,
): Promise<string | undefined> {
  switch (action) {
    case 'approve':
      await call('approve', {
        params,
        key,
        body: { approve: draft.approve ?? true, note: draft.note ?? '' },
      })
      return undefined
    case 'cancel':
      await call('cancel', { params, key, body: { reason: draft.reason ?? '' } })
      return undefined
    case 'accept':
      await call('accept', {
        params,
        key,
        body: {
          goodsOk: true,
          invoiceNumber: draft.invoiceNumber ?? '',
          photos: [...(draft.photos ?? [])],
        },
      })
      if (draft.sign && own) await signAcceptance(params, own)
      return undefined
    case 'evaluate':
      await call('evaluate', { params, key, body: { score: draft.score ?? 0, text: draft.text ?? '' } })
      return undefined
    case 'pay': {
      const { id } = await call('pay', {
        params: { programme: params.programme },
        key,
        body: { orderIds: [params.order] },
      })
      return id
    }
  }
}

/** What was accepted a moment ago, read back from the record. */
async function signAcceptance(params: { programme: string; order: string }, key: BrowserKey): Promise<void> {
  const { facts } = await call('order', { params })
  const fact = facts.findLast(({ type }) => type === 'order.accepted')
  if (fact) {
    const shown = { fact: fact.id, type: fact.type, about: { order: params.order } }
    await countersign(params.programme, key, shown)
  }
}
