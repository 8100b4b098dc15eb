import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { refundDecision, refundPage, refundQuery } from './refund-contract.ts'
import { listRefunds } from './refund-reads.ts'
import {
  differencePage,
  differenceQuery,
  disbelievedPage,
  heldMoney,
  settlementNote,
  statementAsked,
  statements,
  unfitPage,
  unfitPath,
} from './statement-contract.ts'
import { countDisbelieved, listDifferences, listStatements, listUnfit } from './statement-reads.ts'
import { compareDay, settleDifference } from './statements.ts'
import { decideRefund, sendBack } from './unfit.ts'
import { heldOf } from './unfit-trade.ts'

const done = z.object({ id })

/** The finance office's side of providers: their statements, what does not fit, and what goes back. */
export const moneyOfficeRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/refunds',
    action: 'refund.read',
    summary: '退款 What goes back to whom, and how far it is',
    query: refundQuery,
    answer: refundPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listRefunds(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/refunds/{refund}/decision',
    action: 'refund.decide',
    summary: '退款处理 The bank has paid it, or the provider is to be asked again',
    params: z.object({ refund: id }),
    body: refundDecision,
    answer: done,
    handle: ({ scope, params, body, command: once }) =>
      command(kit.app, scope, { ...once, keepDays: 365 }, tx => decideRefund(tx, kit, params.refund, body)),
  }),
  route({
    method: 'GET',
    path: '/provider-receipts/unfit',
    action: 'reconciliation.read',
    summary: '不符款项 Money that a provider took and that fits no payment',
    answer: unfitPage,
    handle: async ({ scope, reach }) => ok({ items: await kit.app.read(scope, tx => listUnfit(tx, reach)) }),
  }),
  route({
    method: 'POST',
    path: '/provider-receipts/{provider}/{reference}/return',
    action: 'reconciliation.settle',
    summary: '退回 Send it back to whoever paid it',
    params: unfitPath,
    body: z.object({}),
    answer: done,
    handle: async ({ scope, params, command: once }) => {
      const held = await heldOf(kit, scope, params.provider, params.reference)
      if (!held.ok) return held
      const { hasFen: fen } = held.value
      if (fen === null) return refuse('receipt.not_held')
      return command(kit.app, scope, { ...once, keepDays: 365 }, tx => sendBack(tx, kit, { ...params, fen }))
    },
  }),
  route({
    method: 'GET',
    path: '/provider-receipts/{provider}/{reference}/trade',
    action: 'reconciliation.settle',
    summary: '查支付机构 What the provider itself has of it, asked before it is sent back',
    params: unfitPath,
    answer: heldMoney,
    handle: ({ scope, params }) => heldOf(kit, scope, params.provider, params.reference),
  }),
  route({
    method: 'GET',
    path: '/provider-statements',
    action: 'reconciliation.read',
    summary: '对账 Days of providers that were compared with ours',
    answer: statements,
    handle: async ({ scope, reach }) =>
      ok({ items: await kit.app.read(scope, tx => listStatements(tx, reach)) }),
  }),
  route({
    method: 'POST',
    path: '/provider-statements',
    action: 'reconciliation.settle',
    summary: '取对账单 Fetch a day of a provider and compare it',
    body: statementAsked,
    answer: z.object({ lines: z.number().int(), found: z.number().int() }),
    // fetched twice, a day is compared twice: nothing is counted by it
    keyless: true,
    handle: ({ scope, body }) => compareDay(kit, scope, body.provider, body.day),
  }),
  route({
    method: 'GET',
    path: '/provider-messages',
    action: 'reconciliation.read',
    summary: '未采信的通知 How many messages in a provider’s name were not believed, by day',
    answer: disbelievedPage,
    handle: async ({ scope, reach }) =>
      ok({ items: await kit.app.read(scope, tx => countDisbelieved(tx, reach)) }),
  }),
  route({
    method: 'GET',
    path: '/provider-differences',
    action: 'reconciliation.read',
    summary: '对账差异 Where a provider and we differ',
    query: differenceQuery,
    answer: differencePage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listDifferences(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/provider-differences/{difference}/settlement',
    action: 'reconciliation.settle',
    summary: '差异处理 Say what a difference was',
    params: z.object({ difference: id }),
    body: settlementNote,
    answer: done,
    handle: ({ scope, params, body, command: once }) =>
      command(kit.app, scope, once, tx => settleDifference(tx, params.difference, body.note)),
  }),
]
