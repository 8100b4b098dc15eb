import { z } from 'zod'
import { command } from '../database/command.ts'
import type { Words } from '../declared/words.ts'
import { fileAnswer } from '../http/file-answer.ts'
import { pageFrom } from '../http/paging.ts'
import { type Route, route } from '../http/route.ts'
import { id, pageById } from '../http/shapes.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { ok } from '../result/result.ts'
import { importRun, importRuns, newImport, sheetLanguage } from './contract.ts'
import type { Register } from './define.ts'
import { exportList } from './export.ts'
import { isFindable, noteFinding, openly } from './find.ts'
import type { ImportKit } from './import.ts'
import type { ImportJob } from './import-job.ts'
import { askImport, listRuns, readRun } from './import-run.ts'
import { templateOf } from './import-template.ts'
import type { ListQuery } from './query.ts'
import { listQuery } from './reads.ts'

export interface SheetRouteKit extends ImportKit {
  readonly importJob: ImportJob
}

/** What every register has in sheets: its list as a file, and where it may be imported, a template and the imports. */
export const sheetRoutesOf = (kit: SheetRouteKit, registers: readonly Register[], words: Words): Route[] =>
  registers.flatMap(register => [
    ...(['xlsx', 'csv'] as const).map(as => exportRoute(kit, register, words, as)),
    ...(isFindable(register) ? (['xlsx', 'csv'] as const) : []).map(as =>
      findingExportRoute(kit, register, words, as),
    ),
    ...(register.permit.import ? importRoutes(kit, register, words) : []),
  ])

const exportRoute = (kit: SheetRouteKit, register: Register, words: Words, as: 'xlsx' | 'csv'): Route =>
  route({
    method: 'GET',
    path: `/registers/${register.name}/export.${as}`,
    action: `${register.name}.read`,
    summary: `${register.name}: the list as ${as}, whole, personal values masked`,
    query: listQuery(register).and(sheetLanguage),
    stream: true,
    answer: fileAnswer,
    handle: ({ scope, reach, query, requestId }) => {
      const { language, ...asked } = query as Asked
      const may = openly(register, asked)
      if (!may.ok) return Promise.resolve(may)
      return exportList(kit, register, words, { scope, reach, query: asked, language, as, requestId })
    },
  })

type Asked = ListQuery & { language: 'zh' | 'en' }

const findingExportRoute = (
  kit: SheetRouteKit,
  register: Register,
  words: Words,
  as: 'xlsx' | 'csv',
): Route =>
  route({
    method: 'POST',
    path: `/registers/${register.name}/export.${as}`,
    action: `${register.name}.read`,
    summary: `${register.name}: the same, asked for by whole personal values, which stand in no address`,
    body: listQuery(register).and(sheetLanguage),
    stream: true,
    answer: fileAnswer,
    keyless: true,
    handle: async ({ scope, reach, body, requestId }) => {
      const { language, ...asked } = body as Asked
      const query = { ...asked, whole: true }
      const noted = await kit.app.write(scope, tx => noteFinding(tx, register, query, ['export'], requestId))
      if (!noted.ok) return noted
      return exportList(kit, register, words, { scope, reach, query, language, as, requestId })
    },
  })

/** A template, an import, and those of before. */
export const importRoutes = (kit: SheetRouteKit, register: Register, words: Words): Route[] => [
  route({
    method: 'GET',
    path: `/registers/${register.name}/template.xlsx`,
    action: `${register.name}.import`,
    summary: `${register.name}: an empty workbook to fill in`,
    query: sheetLanguage,
    stream: true,
    answer: fileAnswer,
    handle: async ({ query: { language } }) => ok(templateOf(register, words, language)),
  }),
  route({
    method: 'POST',
    path: `/registers/${register.name}/imports`,
    action: `${register.name}.import`,
    summary: `${register.name}: import a file that was uploaded, or try it out`,
    body: newImport,
    answer: z.object({ id }),
    handle: ({ scope, reach, body: { language, ...asked }, command: once }) =>
      command(kit.app, scope, once, async tx => {
        const made = await askImport(tx, register, reach, asked)
        if (made.ok)
          await enqueue(
            tx,
            kit.importJob,
            { register: register.name, run: made.value.id, language },
            { key: made.value.id },
          )
        return made
      }),
  }),
  route({
    method: 'GET',
    path: `/registers/${register.name}/imports`,
    action: `${register.name}.import`,
    summary: `${register.name}: one's own imports, the latest first`,
    query: pageById,
    answer: importRuns,
    handle: async ({ scope, query: { after, limit } }) => {
      const rows = await kit.app.read(scope, tx =>
        listRuns(tx, kit.files, register.name, { before: after, limit: limit + 1 }),
      )
      return ok(
        pageFrom(
          rows,
          limit,
          row => row.id,
          row => row,
        ),
      )
    },
  }),
  route({
    method: 'GET',
    path: `/registers/${register.name}/imports/{run}`,
    action: `${register.name}.import`,
    summary: `${register.name}: how far an import is, and what was bad in it`,
    params: z.object({ run: id }),
    answer: importRun,
    handle: ({ scope, params: { run } }) =>
      kit.app.read(scope, tx => readRun(tx, kit.files, register.name, run)),
  }),
]
