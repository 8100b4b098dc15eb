import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { send } from '../api/send.ts'
import { caseReceipts } from './routes.ts'

const named = {
  orders: 'orderReceipts',
  'payout-items': 'payoutReceipts',
  figures: 'figureReceipts',
} as const

/** The receipts of a thing: an order, a payout to a household, a figure, or a case of the process of that name. */
export const receiptsQuery = (programme: string, kind: string, thing: string) =>
  queryOptions({
    queryKey: ['receipts', programme, kind, thing],
    queryFn: ({ signal }) =>
      kind in named
        ? call(named[kind as keyof typeof named], { params: { programme, thing }, signal })
        : send(caseReceipts, { params: { programme, process: kind, thing }, signal }),
    // what waits for its witnesses is looked for again
    refetchInterval: ({ state }) => (state.data?.items.some(item => item.state !== 'ready') ? 3000 : false),
  })
