import type { Kit } from '@silian/chains/kit.ts'
import { streamRead } from '@silian/kernel/database/stream.ts'
import { writePdf } from '@silian/kernel/documents/pdf.ts'
import { XLSX } from '@silian/kernel/files/content-type.ts'
import { fileAnswer } from '@silian/kernel/http/file-answer.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { journal } from '@silian/kernel/ledger/journal.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { writeWorkbook } from '@silian/kernel/sheets/write.ts'
import { z } from 'zod'
import {
  accountName,
  accountPage,
  accountQuery,
  accountStatement,
  fileQuery,
  period,
  statementQuery,
} from './contract.ts'
import { documentOf } from './document.ts'
import { listAccounts, readStatement } from './reads.ts'
import { sheetsOf } from './sheet.ts'
import { fileName } from './words.ts'

const params = z.object({ account: accountName })
/** A printed statement is drawn in one go; what is longer is for a workbook. */
const MOST_PRINTED = 1000

export const ledgerRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/ledger/accounts',
    action: 'ledger.read',
    summary: '账户 Accounts with what lies on them',
    query: accountQuery,
    answer: accountPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listAccounts(tx, reach, query))),
  }),
  route({
    method: 'GET',
    path: '/ledger/accounts/{account}/statement',
    action: 'ledger.read',
    summary: '对账单 What came and went on an account',
    params,
    query: statementQuery,
    answer: accountStatement,
    handle: ({ scope, reach, params: { account }, query }) =>
      kit.app.read(scope, tx => readStatement(tx, reach, account, query)),
  }),
  route({
    method: 'GET',
    path: '/ledger/accounts/{account}/statement.xlsx',
    action: 'ledger.read',
    summary: '对账单 The statement as a workbook',
    params,
    query: fileQuery,
    stream: true,
    answer: fileAnswer,
    handle: async ({ scope, reach, params: { account }, query }) => {
      const whole = { ...query, limit: 1 }
      const first = await kit.app.read(scope, tx => readStatement(tx, reach, account, whole))
      if (!first.ok) return first
      // and once more in the snapshot that its lines are of
      const content = streamRead(kit.app, scope, async function* (tx) {
        const found = await readStatement(tx, reach, account, whole)
        if (found.ok) yield* writeWorkbook(sheetsOf(tx, found.value, query.language))
      })
      return ok({ type: XLSX, name: `${fileName(query.language, first.value)}.xlsx`, content })
    },
  }),
  route({
    method: 'GET',
    path: '/ledger/accounts/{account}/statement.pdf',
    action: 'ledger.read',
    summary: '对账单 The statement to print',
    params,
    query: fileQuery,
    stream: true,
    answer: fileAnswer,
    handle: async ({ scope, reach, params: { account }, query }) => {
      const asked = { ...query, limit: MOST_PRINTED }
      const { found, at } = await kit.app.read(scope, async tx => ({
        found: await readStatement(tx, reach, account, asked),
        at: tx.at,
      }))
      if (!found.ok) return found
      if (found.value.next !== null) return refuse('ledger_statement.too_long', { most: MOST_PRINTED })
      const content = await writePdf(documentOf(found.value, query.language, at))
      return ok({ type: 'application/pdf', name: `${fileName(query.language, found.value)}.pdf`, content })
    },
  }),
  route({
    method: 'GET',
    path: '/ledger/journal',
    action: 'ledger.export',
    summary: '总账 The whole ledger as a plain-text journal, for hledger and ledger',
    query: period,
    stream: true,
    answer: fileAnswer,
    handle: async ({ scope, query }) =>
      ok({
        type: 'text/plain; charset=utf-8',
        name: `${scope.programme}.journal`,
        content: streamRead(kit.app, scope, tx => journal(tx, query)),
      }),
  }),
]
