import { command } from '@silian/kernel/database/command.ts'
import { languages } from '@silian/kernel/declared/words.ts'
import { fileAnswer } from '@silian/kernel/http/file-answer.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { erasure, erasurePath } from '@silian/kernel/retention/contract.ts'
import { receiptPdf } from '@silian/kernel/retention/document.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { words } from '../../words.ts'
import { customerErasure, erasureAsked, erasuresAsked } from './contract.ts'
import { eraseByPhone, eraseMe, readReceipt } from './erase.ts'

/** What a customer has erased of themselves, or an office for whoever it has seen. */
export const customerErasureRoutes = (kit: Kit): Route[] => [
  route({
    method: 'POST',
    path: '/my/erasure',
    action: 'my.erasure',
    summary: '删除我的个人信息 Have what is one’s own erased',
    body: z.object({}),
    answer: erasureAsked,
    handle: ({ scope, principal, command: once }) =>
      command(kit.app, scope, once, tx => eraseMe(tx, principal)),
  }),
  route({
    method: 'GET',
    path: '/shop/erasures/{erasure}',
    action: 'shop.session',
    summary: '删除回执 The receipt of a customer’s erasure, by its number',
    params: erasurePath,
    answer: erasure,
    handle: ({ scope, params }) => kit.app.read(scope, tx => readReceipt(tx, params.erasure)),
  }),
  route({
    method: 'GET',
    path: '/shop/erasures/{erasure}/receipt.pdf',
    action: 'shop.session',
    summary: '删除回执 The same as a paper',
    params: erasurePath,
    query: z.object({ language: z.enum(languages).default('zh') }),
    answer: fileAnswer,
    stream: true,
    handle: async ({ scope, params, query: { language } }) => {
      const [found, at] = await kit.app.read(
        scope,
        async tx => [await readReceipt(tx, params.erasure), tx.at] as const,
      )
      return found.ok ? ok(await receiptPdf(words, language, found.value, at)) : found
    },
  }),
  route({
    method: 'POST',
    path: '/customer-erasures',
    action: 'customer.erase',
    summary: '代办删除顾客信息 Have a phone’s customers erased, whose bearer the office has seen',
    body: customerErasure,
    answer: erasuresAsked,
    handle: ({ scope, body, command: once }) =>
      command(kit.app, scope, once, tx => eraseByPhone(tx, kit, body.phone)),
  }),
]
