import { z } from 'zod'
import type { Permit } from '../access/permit.ts'
import { command } from '../database/command.ts'
import { valuesShape } from '../declared/zod.ts'
import { type Route, route } from '../http/route.ts'
import { date, id, pageByTime, pageQuery } from '../http/shapes.ts'
import { ok, refuse } from '../result/result.ts'
import {
  caseDetail,
  casePage,
  caseReveal,
  caseRevealed,
  newCase,
  processShapes,
  publicityPage,
} from './contract.ts'
import type { Process } from './define.ts'
import { actorOf } from './desk.ts'
import { caseDetailOf } from './detail.ts'
import { wireOf } from './names.ts'
import { openCase } from './open.ts'
import { listPublicity } from './publicity.ts'
import { listCases } from './reads.ts'
import type { CaseKit } from './registry.ts'
import { revealCase } from './reveal.ts'
import { shapeOf } from './shape.ts'

/** The next of a page in the order of a day and an id: `2026-01-05|<id>`. */
export const pageByDay = pageQuery.extend({
  after: z.string().refine(isDayAndId, 'the next of the page before').optional(),
})

function isDayAndId(after: string): boolean {
  const [day, row, ...more] = after.split('|')
  return (
    (date.safeParse(day).success || day === '9999-12-31') && id.safeParse(row).success && more.length === 0
  )
}

export const yes = z.enum(['true', 'false']).transform(text => text === 'true')
const made = z.object({ id })

/** What all processes share, and three routes for each. */
export const processRoutes = (kit: CaseKit, permit: Permit): Route[] => [
  route({
    method: 'GET',
    path: '/processes',
    action: 'process.list',
    summary: '办理事项 Processes that the caller may open or read, drawn as they are declared',
    answer: processShapes,
    handle: async ({ scope, principal }) => {
      const actor = await kit.app.read(scope, tx => actorOf(tx, principal))
      const shapes = kit.processes.all.map(process => shapeOf(process, permit, principal, actor))
      return ok(shapes.filter(({ may }) => may.includes('open') || may.includes('read')))
    },
  }),
  route({
    method: 'GET',
    path: '/publicity',
    action: 'publicity.read',
    summary: '公示 What hangs out for objection today',
    query: pageByDay,
    answer: publicityPage,
    handle: async ({ scope, principal, query }) =>
      ok(await kit.app.read(scope, async tx => listPublicity(tx, kit, await actorOf(tx, principal), query))),
  }),
  ...kit.processes.all.flatMap(process => routesOf(kit, process)),
]

const routesOf = (kit: CaseKit, process: Process): Route[] => [
  route({
    method: 'GET',
    path: `/processes/${process.name}/cases`,
    action: `${process.name}.read`,
    summary: '办件 Cases, the newest first',
    query: pageByTime.extend({
      state: z.string().max(60).optional(),
      about: id.optional(),
      mine: yes.optional(),
    }),
    answer: casePage,
    handle: async ({ scope, reach, principal, query }) =>
      ok(
        await kit.app.read(scope, async tx =>
          listCases(tx, kit, await actorOf(tx, principal), reach, process.name, query),
        ),
      ),
  }),
  route({
    method: 'GET',
    path: `/processes/${process.name}/cases/{case}`,
    action: `${process.name}.read`,
    summary: '办件详情 A case with its trail',
    params: z.object({ case: id }),
    answer: caseDetail,
    handle: async ({ scope, reach, principal, params }) => {
      const found = await kit.app.read(scope, async tx =>
        caseDetailOf(tx, kit, await actorOf(tx, principal), reach, process.name, params.case),
      )
      return found ? ok(found) : refuse('case.not_found')
    },
  }),
  route({
    method: 'POST',
    path: `/processes/${process.name}/cases/{case}/reveal`,
    action: `${process.name}.reveal`,
    summary: '查看个人信息 Personal values in clear, for a stated purpose',
    params: z.object({ case: id }),
    body: caseReveal,
    answer: caseRevealed,
    // what it answers is not kept under a key
    keyless: true,
    handle: async ({ scope, reach, principal, params, body, requestId }) => {
      const shown = await kit.app.write(scope, async tx =>
        revealCase(tx, kit, await actorOf(tx, principal), reach, {
          ...{ process: process.name, id: params.case },
          ...{ purpose: body.purpose, requestId },
        }),
      )
      return shown.ok ? ok({ values: wireOf(shown.value) }) : shown
    },
  }),
  route({
    method: 'POST',
    path: `/processes/${process.name}/cases`,
    action: `${process.name}.open`,
    summary: '申请 Open a case',
    body: newCase.extend({ form: valuesShape(process.form) }),
    answer: made,
    handle: ({ scope, reach, principal, body, command: once }) =>
      command(kit.app, scope, once, async tx =>
        openCase(
          tx,
          kit,
          await actorOf(tx, principal),
          reach,
          process.name,
          body as z.output<typeof newCase>,
        ),
      ),
  }),
]
