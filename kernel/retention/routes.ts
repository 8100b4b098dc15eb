import { z } from 'zod'
import type { Grant, Permit } from '../access/permit.ts'
import type { Database } from '../database/database.ts'
import { languages, type Words } from '../declared/words.ts'
import type { FileReaders } from '../files/uses.ts'
import { fileAnswer } from '../http/file-answer.ts'
import { type Route, route } from '../http/route.ts'
import type { RegisterKit } from '../register/kit.ts'
import { ok } from '../result/result.ts'
import { erasure, erasurePath, erasureQuery, erasures, retainedLook, retainedShown } from './contract.ts'
import { receiptPdf } from './document.ts'
import { listErasures, readErasure, showRetained, statedPurpose } from './reads.ts'

/** Who sees receipts, and who sees what is held: for vouchers finance and audit, for promises the county. */
export const erasureGrants: readonly Grant[] = [
  {
    action: 'erasure.read',
    roles: {
      village_cadre: 'area',
      county_officer: 'area',
      finance_officer: 'programme',
      auditor: 'programme',
    },
  },
  {
    action: 'erasure.reveal',
    roles: { county_officer: 'area', finance_officer: 'programme', auditor: 'programme' },
  },
]

export const erasureRoutes = (kit: RegisterKit & { readonly app: Database }, words: Words): Route[] => [
  route({
    method: 'GET',
    path: '/erasures',
    action: 'erasure.read',
    summary: '个人信息删除 Erasures, with what was destroyed and what stays',
    query: erasureQuery,
    answer: erasures,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listErasures(tx, reach, query))),
  }),
  route({
    method: 'GET',
    path: '/erasures/{erasure}',
    action: 'erasure.read',
    summary: '删除回执 One erasure',
    params: erasurePath,
    answer: erasure,
    handle: ({ scope, reach, params }) => kit.app.read(scope, tx => readErasure(tx, reach, params.erasure)),
  }),
  route({
    method: 'GET',
    path: '/erasures/{erasure}/receipt.pdf',
    action: 'erasure.read',
    summary: '删除回执 The receipt as a paper',
    params: erasurePath,
    query: z.object({ language: z.enum(languages).default('zh') }),
    answer: fileAnswer,
    stream: true,
    handle: async ({ scope, reach, params, query: { language } }) => {
      const [found, at] = await kit.app.read(
        scope,
        async tx => [await readErasure(tx, reach, params.erasure), tx.at] as const,
      )
      return found.ok ? ok(await receiptPdf(words, language, found.value, at)) : found
    },
  }),
  route({
    method: 'POST',
    path: '/erasures/{erasure}/reveal',
    action: 'erasure.reveal',
    summary: '查看留存内容 What a class holds, for its purpose, on record',
    params: erasurePath,
    body: retainedLook,
    answer: retainedShown,
    keyless: true,
    handle: ({ scope, reach, params, body, requestId }) =>
      kit.app.write(scope, tx => showRetained(tx, kit, reach, params.erasure, { ...body, requestId })),
  }),
]

/** Files that a class holds are read by whoever may see what it holds, and has just said what for. */
export const erasureFileReaders = (permit: Permit): FileReaders => ({
  erasure: async (tx, principal, subject) => {
    const reach = permit(principal, 'erasure.reveal')
    const [id, name] = subject.split('/') as [string, string]
    if (!reach.ok || !(await readErasure(tx, reach.value, id)).ok) return false
    const purpose = await statedPurpose(tx, id, name)
    return purpose === undefined ? false : { purpose }
  },
})
