import { holderOf } from '@silian/kernel/access/holder.ts'
import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { batchPage, batchQuery, disputePage, itemPage, itemQuery, newBatch, statement } from './contract.ts'
import { householdStatement, listBatches, listDisputes, listItems } from './reads.ts'
import { confirmItem, sendBatch } from './service.ts'

const made = z.object({ id })
const confirmed = made.extend({ factId: id })

export const payoutRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/payout-batches',
    action: 'payout.read',
    summary: '兑付批次 Payout batches',
    query: batchQuery,
    answer: batchPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listBatches(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/payout-batches',
    action: 'payout.send',
    summary: '发起兑付 Gather what a county is owed and hand it to the bank',
    body: newBatch,
    answer: made,
    handle: ({ scope, reach, principal, body, command: once }) =>
      command(kit.app, scope, { ...once, keepDays: 365 }, tx =>
        sendBatch(tx, kit, reach, holderOf(principal), body),
      ),
  }),
  route({
    method: 'GET',
    path: '/payout-disputes',
    action: 'payout.disputes',
    summary: '兑付争议 What the bank says of payouts that fits none of ours',
    query: batchQuery,
    answer: disputePage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listDisputes(tx, reach, query))),
  }),
  route({
    method: 'GET',
    path: '/payout-items',
    action: 'payout.items',
    summary: '兑付明细 Payouts to single households, masked',
    query: itemQuery,
    answer: itemPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listItems(tx, kit, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/payout-items/{item}/confirmation',
    action: 'payout.confirm',
    summary: '到账确认 The household has its money',
    params: z.object({ item: id }),
    body: z.object({}),
    answer: confirmed,
    handle: ({ scope, reach, params, command: once }) =>
      command(kit.app, scope, once, tx => confirmItem(tx, kit, reach, params.item)),
  }),
  route({
    method: 'GET',
    path: '/households/{household}/statement',
    action: 'household.statement',
    summary: '农户账单 What came to one household',
    params: z.object({ household: id }),
    answer: statement,
    handle: ({ scope, reach, params }) =>
      kit.app.read(scope, tx => householdStatement(tx, kit, reach, params.household)),
  }),
]
