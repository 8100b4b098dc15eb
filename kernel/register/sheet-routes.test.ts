import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { definePermissions } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import { fileRoutes } from '../files/routes.ts'
import { createLogger } from '../http/logger.ts'
import { registerRoutes } from '../http/register.ts'
import { createHttp } from '../http/server.ts'
import { newId } from '../ids/ids.ts'
import { startWorker } from '../jobs/worker.ts'
import { checkCharacter } from '../personal/identity-number.ts'
import { ok, refuse } from '../result/result.ts'
import type { SheetCell } from '../sheets/cell.ts'
import { openSheets } from '../sheets/read.ts'
import type { ImportRun } from './contract.ts'
import { farmHouse, farmWords } from './fixtures/farm-house.ts'
import { householdWorkbook } from './fixtures/household-workbook.ts'
import { type ImportStage, setImportStage, villages, workbookOf } from './fixtures/import-stage.ts'
import { registerGrants } from './grants.ts'
import { importJob } from './import-job.ts'
import { sheetRoutesOf } from './sheet-routes.ts'

let stage: ImportStage
let app: FastifyInstance
let stop: () => Promise<void>
const roles = {
  officer: { role: 'county_officer', organisationId: null, areaPath: '45/4510/451003' },
  other: { role: 'county_officer', organisationId: null, areaPath: '45/4510/451028' },
  auditor: { role: 'auditor', organisationId: null, areaPath: null },
} as const

beforeAll(async () => {
  stage = await setImportStage()
  const { kit, scope, db } = stage
  const job = importJob([farmHouse], farmWords)
  const grants = registerGrants([farmHouse])
  app = await createHttp({
    logger: createLogger('silent'),
    version: '0',
    ready: async () => true,
    metrics: async () => '',
  })
  const routes = [
    ...sheetRoutesOf({ ...kit, importJob: job }, [farmHouse], farmWords),
    ...fileRoutes(kit, {}),
  ]
  registerRoutes(app, routes, {
    knows: async programme => programme === scope.programme,
    authenticate: async ({ headers }) => {
      const id = headers.authorization as keyof typeof roles | undefined
      if (!id) return refuse('sign_in.required')
      const principal = {
        kind: 'person',
        id,
        programme: scope.programme,
        memberId: newId(),
        roles: [roles[id]],
      }
      return ok(principal as unknown as Principal)
    },
    permit: definePermissions([
      ...grants,
      ...['file.upload', 'file.read'].map(action => ({ action, roles: { county_officer: 'own' } as const })),
    ]),
  })
  const stopping = new AbortController()
  const worker = await startWorker({
    ...{ batchConnection: db.connections.batch, jobs: [job], kit, signal: stopping.signal },
  })
  stop = async () => {
    stopping.abort()
    await worker.ended
    await app.close()
  }
  await app.ready()
})
afterAll(async () => {
  await stop()
  await stage.close()
})

const at = (path: string) => `/api/v1/p/${stage.scope.programme}${path}`
const get = (path: string, who: keyof typeof roles = 'officer') =>
  app.inject({ url: at(path), headers: { authorization: who } })
const post = (path: string, payload: object | Buffer, type = 'application/json', who = 'officer') =>
  app.inject({
    method: 'POST',
    url: at(path),
    headers: { authorization: who, 'idempotency-key': newId(), 'content-type': type },
    payload,
  })

async function imported(content: Buffer): Promise<ImportRun> {
  const file = await post('/files?name=a.xlsx&kind=import', content, 'application/octet-stream')
  const asked = await post('/registers/farm_house/imports', { file: file.json().id })
  expect(asked.statusCode).toBe(200)
  return ended(asked.json().id)
}

/** Waits for the worker by asking, as the pages do. */
async function ended(id: string): Promise<ImportRun> {
  const run = (await get(`/registers/farm_house/imports/${id}`)).json() as ImportRun
  return run.state === 'done' || run.state === 'refused' ? run : ended(id)
}

const rowsIn = async (bytes: Buffer, sheet: string) =>
  (await Array.fromAsync((await openSheets(bytes)).rows(sheet))).map(({ cells }) => cells)

const identity = (first: string): string => first + checkCharacter(first)

describe('the template', () => {
  it('filled in is an import without faults, in either language', async () => {
    for (const language of ['zh', 'en']) {
      const answer = await get(`/registers/farm_house/template.xlsx?language=${language}`)
      expect(answer.statusCode).toBe(200)
      const named = language === 'zh' ? '农户导入模板.xlsx' : 'Households – import template.xlsx'
      expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain(named)
      const file = await openSheets(answer.rawPayload)
      expect(file.sheets).toEqual(
        language === 'zh' ? ['农户', '成员', '填写说明'] : ['Households', 'Members', 'How to fill it in'],
      )
      const [houses] = await rowsIn(answer.rawPayload, file.sheets[0]!)
      const [people] = await rowsIn(answer.rawPayload, file.sheets[1]!)
      if (language === 'zh') {
        expect(houses).toEqual([
          ...['户编号*', '行政村*', '联系电话', '类别*', '年收入（元）*', '纳入日期', '易地搬迁'],
        ])
        expect(people).toEqual(['户编号*', '姓名*', '身份证号*', '与户主关系*', '技能'])
      }
      const numbers = { zh: identity('45999919500101001'), en: identity('45999919500101003') }
      const words = { zh: ['监测户', '是', '户主'], en: ['Monitored', 'Yes', 'Head'] } as const
      const code = `T-${language}`
      const filled = [
        [
          houses!,
          [
            code,
            villages[0]!,
            null,
            words[language as 'zh'][0],
            12.5,
            '2020-01-02',
            words[language as 'zh'][1],
          ],
        ],
        [people!, [code, '王某', numbers[language as 'zh'], words[language as 'zh'][2], null]],
      ] as const
      const run = await imported(
        await workbookOf(
          filled.map(([heading, row], i) => ({
            ...{ name: file.sheets[i]!, widths: [] },
            rows: [heading, row].map(cells => ({
              cells: (cells as readonly SheetCell[]).map(value => ({ value, style: 0 })),
            })),
          })),
        ),
      )
      expect([run.faults, run.added]).toEqual([[], 1])
    }
  })
})

describe('an import over HTTP', () => {
  it('runs in the background, and its answer is for who asked', async () => {
    const { sheets } = householdWorkbook()
    const small = await Promise.all(
      sheets.map(async sheet => ({
        ...sheet,
        merged: [],
        rows: (await Array.fromAsync(sheet.rows)).slice(0, 30),
      })),
    )
    const run = await imported(await workbookOf(small))
    // members stand from the last household down: of the first ones there are none here
    expect([run.state, run.added, run.bad, run.rows]).toEqual(['done', 0, 58, 58])
    expect(run.faults.filter(({ code }) => code === 'part.alone').length).toBe(29)
    const answer = await get(`/files/${run.answer}`)
    expect(answer.statusCode).toBe(200)
    expect((await openSheets(answer.rawPayload)).sheets).toEqual(['成员', '农户'])
    expect((await get(`/files/${run.answer}`, 'other')).json().code).toBe('file.not_found')
    const path = `/registers/farm_house/imports/${run.id}`
    expect((await get(path, 'other')).json().code).toBe('import.not_found')
    expect((await get(path, 'auditor')).json().code).toBe('action.forbidden')
    const list = (await get('/registers/farm_house/imports?limit=1')).json()
    expect(list.items.map(({ id }: ImportRun) => id)).toEqual([run.id])
    const next = (await get(`/registers/farm_house/imports?limit=200&after=${list.next}`)).json()
    expect(next.items.length).toBe(2)
    expect((await get('/registers/farm_house/imports', 'other')).json().items).toEqual([])
  })

  it('of a file that is none is refused', async () => {
    expect((await post('/registers/farm_house/imports', { file: newId() })).json().code).toBe(
      'file.not_found',
    )
    const { id: file } = (
      await post('/files?name=a.csv&kind=import', Buffer.from('户编号,姓名\n1,2\n'), 'text/csv')
    ).json()
    const asked = (await post('/registers/farm_house/imports', { file })).json()
    expect(await ended(asked.id)).toMatchObject({
      state: 'refused',
      refused: 'import.columns_missing',
      answer: null,
    })
  })
})

describe('an export', () => {
  const rows = async (query = '', who: keyof typeof roles = 'officer') =>
    rowsIn((await get(`/registers/farm_house/export.xlsx${query}`, who)).rawPayload, '农户')

  it('is the list with its words and masks, its parts beside it, and who took it above', async () => {
    const [mark, heading, ...list] = await rows()
    expect(mark![0]).toMatch(/^由 officer 于 \d{4}-\d\d-\d\d \d\d:\d\d 导出，含个人信息/)
    expect(heading!.slice(0, 5)).toEqual(['户编号', '行政村', '联系电话', '类别', '年收入（元）'])
    expect(list).toEqual([
      ['T-en', '那坡村 451003901001', null, '监测户', 12.5, { date: '2020-01-02', time: null }, '是', 1],
      ['T-zh', '那坡村 451003901001', null, '监测户', 12.5, { date: '2020-01-02', time: null }, '是', 1],
    ])
    const { rawPayload } = await get('/registers/farm_house/export.xlsx')
    expect((await rowsIn(rawPayload, '成员')).slice(2)).toEqual([
      ['T-en', '王*', '459*************39', '户主'],
      ['T-zh', '王*', '459*************12', '户主'],
    ])
    const looks = await stage.db.owner(
      'select distinct action, subject_id, fields from access_audit where action like $1',
      ['farm_house.%'],
    )
    expect(looks).toEqual([
      {
        action: 'farm_house.export',
        subject_id: 'farm_house',
        fields: ['phone', 'person.name', 'person.idNumber'],
      },
    ])
  })

  it('comes back as it went out: nothing changes', async () => {
    for (const as of ['xlsx', 'csv']) {
      const { rawPayload } = await get(`/registers/farm_house/export.${as}`)
      expect(await imported(rawPayload)).toMatchObject({ state: 'done', unchanged: 2, faults: [] })
    }
  })

  it('and no import that ended says that it is short of its end', async () => {
    const short = await stage.db.owner(
      `select state, done, total from job_progress where state = 'done' and done is distinct from total`,
    )
    expect(short).toEqual([])
  })

  it('keeps to its filters and to the reach of who asks', async () => {
    expect((await rows('?sort=-code')).slice(2).map(([code]) => code)).toEqual(['T-zh', 'T-en'])
    expect((await rows('?class=lifted')).slice(2)).toEqual([])
    expect((await rows('', 'other')).slice(2)).toEqual([])
    const csv = (await get('/registers/farm_house/export.csv?language=en', 'auditor')).body.split('\r\n')
    expect(csv.slice(1)).toEqual([
      'Household code,Village,Phone,Class,Income (yuan),Registered on,Relocated,Size',
      'T-en,Place 451003901001 451003901001,,Monitored,12.5,2020-01-02,Yes,1',
      'T-zh,Place 451003901001 451003901001,,Monitored,12.5,2020-01-02,Yes,1',
      '',
    ])
  })
})
