import { z } from 'zod'
import type { Permit } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import { command } from '../database/command.ts'
import type { Scope, Writer } from '../database/database.ts'
import { columnShapes } from '../declared/shape.ts'
import { valuesShape } from '../declared/zod.ts'
import { type Route, route } from '../http/route.ts'
import { date, id, instant, pageById } from '../http/shapes.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import {
  newRow,
  newView,
  proposalCounts,
  proposalDecision,
  type RegisterShape,
  registerDetail,
  registerHistory,
  registerPage,
  registerProposals,
  registerShapes,
  rowChange,
  rowClose,
  rowReveal,
  rowSaved,
  rowSuccession,
  successionPreview,
  views,
} from './contract.ts'
import { decideProposal } from './decide.ts'
import { deeds, type Register } from './define.ts'
import { findRows, isFindable, openly } from './find.ts'
import { readHistory } from './history.ts'
import type { RegisterRouteKit } from './kit.ts'
import { countProposals, listProposals } from './proposals.ts'
import type { ListQuery } from './query.ts'
import { listQuery, listRows, readRow } from './reads.ts'
import { changeRow, closeRow, createRow, revealRow } from './service.ts'
import { previewSuccession, succeedRows } from './succession.ts'
import { forgetView, keepView, listViews, openView } from './views.ts'

/** Every operation of the declared registers: `/registers`, `/views`, and those of each below `/registers/<name>`. */
export const routesOfRegisters = (
  kit: RegisterRouteKit,
  registers: readonly Register[],
  permit: Permit,
): Route[] => [
  route({
    method: 'GET',
    path: '/registers',
    action: 'register.list',
    summary: '台账 Registers that the caller may read, with their columns and what else they may do',
    answer: registerShapes,
    handle: async ({ principal }) =>
      ok(
        registers.flatMap(register =>
          permit(principal, `${register.name}.read`).ok ? [shapeOf(register, principal, permit)] : [],
        ),
      ),
  }),
  ...viewRoutes(kit, registers),
  countRoute(kit, registers, permit),
  ...registers.flatMap(register => [
    ...readRoutes(kit, register),
    ...writeRoutes(kit, register),
    ...decidingRoutes(kit, register, registers),
  ]),
]

const countRoute = (kit: RegisterRouteKit, registers: readonly Register[], permit: Permit): Route =>
  route({
    method: 'GET',
    path: '/proposals',
    action: 'register.list',
    summary: '待审核的修改 How many proposed changes wait for the caller, by register',
    answer: proposalCounts,
    handle: async ({ scope, principal }) =>
      ok(
        await kit.app.read(scope, async tx => {
          const counts: { register: string; count: number }[] = []
          for (const register of registers) {
            const reach = register.permit.decide && permit(principal, `${register.name}.decide`)
            const count = reach?.ok ? await countProposals(tx, register, reach.value) : 0
            if (count > 0) counts.push({ register: register.name, count })
          }
          return counts
        }),
      ),
  })

const shapeOf = (register: Register, principal: Principal, permit: Permit): RegisterShape => ({
  name: register.name,
  columns: columnShapes(register.columns),
  parts: Object.entries(register.parts).map(([name, { columns }]) => ({
    name,
    columns: columnShapes(columns),
  })),
  key: register.key,
  dated: register.dated,
  may: deeds.filter(
    (deed): deed is RegisterShape['may'][number] =>
      deed !== 'read' &&
      register.permit[deed] !== undefined &&
      permit(principal, `${register.name}.${deed}`).ok,
  ),
})

const viewRoutes = (kit: RegisterRouteKit, registers: readonly Register[]): Route[] => [
  route({
    method: 'GET',
    path: '/views',
    action: 'view.keep',
    summary: '我的视图 Lists that the caller has kept',
    answer: views,
    handle: async ({ scope }) => ok(await kit.app.read(scope, listViews)),
  }),
  route({
    method: 'POST',
    path: '/views',
    action: 'view.keep',
    summary: '保存视图 Keep a list, or change one that was kept',
    body: newView,
    answer: z.object({ id }),
    handle: async ({ scope, body, command: once }) => {
      const may = openView(registers, body)
      return may.ok ? command(kit.app, scope, once, tx => keepView(tx, body)) : may
    },
  }),
  route({
    method: 'POST',
    path: '/views/{view}/removal',
    action: 'view.keep',
    summary: '删除视图 Forget a list that was kept',
    params: z.object({ view: id }),
    body: z.object({}),
    answer: z.object({ id }),
    handle: ({ scope, params: { view }, command: once }) =>
      command(kit.app, scope, once, tx => forgetView(tx, view)),
  }),
]

const params = z.object({ row: id })
const asOf = z.object({ at: date.optional(), known: instant.optional() })

function readRoutes(kit: RegisterRouteKit, register: Register): Route[] {
  const { name } = register
  const action = `${name}.read`
  return [
    route({
      method: 'GET',
      path: `/registers/${name}`,
      action,
      summary: `${name}: rows, personal values masked`,
      query: listQuery(register),
      answer: registerPage,
      handle: async ({ scope, reach, query }) => {
        const may = openly(register, query as ListQuery)
        if (!may.ok) return may
        return ok(await kit.app.read(scope, tx => listRows(tx, kit, register, reach, query as ListQuery)))
      },
    }),
    ...(isFindable(register) ? [findRoute(kit, register)] : []),
    route({
      method: 'GET',
      path: `/registers/${name}/{row}`,
      action,
      summary: `${name}: one row with its parts, masked; as of a day with \`at\``,
      params,
      query: asOf,
      answer: registerDetail,
      handle: ({ scope, reach, params: { row }, query }) =>
        kit.app.read(scope, tx => readRow(tx, kit, register, reach, row, query)),
    }),
    route({
      method: 'GET',
      path: `/registers/${name}/{row}/history`,
      action,
      summary: `${name}: what became of a row, newest first`,
      params,
      answer: registerHistory,
      handle: ({ scope, reach, params: { row } }) =>
        kit.app.read(scope, tx => readHistory(tx, kit, register, reach, row)),
    }),
  ]
}

const findRoute = (kit: RegisterRouteKit, register: Register): Route =>
  route({
    method: 'POST',
    path: `/registers/${register.name}/find`,
    action: `${register.name}.read`,
    summary: `${register.name}: the list asked for by whole personal values, which stand in no address; on record`,
    body: listQuery(register),
    answer: registerPage,
    keyless: true,
    handle: ({ scope, reach, body, requestId }) =>
      kit.app.write(scope, tx => findRows(tx, kit, register, reach, body as ListQuery, requestId)),
  })

/** What stands behind a change that was proposed, or a succession that was not sent yet. */
function decidingRoutes(kit: RegisterRouteKit, register: Register, registers: readonly Register[]): Route[] {
  const { name, permit } = register
  const waiting = route({
    method: 'GET',
    path: `/registers/${name}/proposals`,
    action: `${name}.decide`,
    summary: `${name}: changes that wait for a decision, each beside its row`,
    query: pageById,
    answer: registerProposals,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listProposals(tx, kit, register, reach, query))),
  })
  const preview = route({
    method: 'POST',
    path: `/registers/${name}/succession/preview`,
    action: `${name}.succeed`,
    summary: `${name}: what a succession would do, and whether it may be`,
    body: rowSuccession,
    answer: successionPreview,
    keyless: true,
    handle: ({ scope, reach, body }) =>
      rolledBack(kit, scope, tx => previewSuccession(tx, kit, register, registers, reach, body)),
  })
  return [...(permit.decide ? [waiting] : []), ...(permit.succeed ? [preview] : [])]
}

/** What a piece of work would answer; a refusal is how its transaction is told to leave nothing behind. */
async function rolledBack<T>(
  { app }: RegisterRouteKit,
  scope: Scope,
  work: (tx: Writer) => Promise<Result<T>>,
): Promise<Result<T>> {
  let done: Result<T>[] = []
  const undone: Result<never> = await app.write(scope, async tx => {
    done = []
    done = [await work(tx)]
    return refuse('dry_run')
  })
  return done[0] ?? undone
}

const partsShape = (register: Register) =>
  z
    .strictObject(
      Object.fromEntries(
        Object.entries(register.parts).map(([part, { columns, most }]) => [
          part,
          z.array(valuesShape(columns)).max(most).optional(),
        ]),
      ),
    )
    .optional()

function writeRoutes(kit: RegisterRouteKit, register: Register): Route[] {
  const { name, permit } = register
  const own = { values: valuesShape(register.columns), parts: partsShape(register) }
  const at = <P extends string>(path: P) => `/registers/${name}${path}` as const
  const all = {
    create: route({
      method: 'POST',
      path: at(''),
      action: `${name}.create`,
      summary: `${name}: make a row`,
      body: newRow.extend(own),
      answer: rowSaved,
      handle: ({ scope, reach, body, command: once }) =>
        command(kit.app, scope, once, tx => createRow(tx, kit, register, reach, body as never)),
    }),
    change: route({
      method: 'POST',
      path: at('/{row}/change'),
      action: `${name}.change`,
      summary: `${name}: change a row`,
      params,
      body: rowChange.extend(own),
      answer: rowSaved,
      handle: ({ scope, reach, params: { row }, body, command: once }) =>
        command(kit.app, scope, once, tx =>
          changeRow(tx, kit, register, reach, { ...(body as object), id: row } as never),
        ),
    }),
    close: route({
      method: 'POST',
      path: at('/{row}/close'),
      action: `${name}.close`,
      summary: `${name}: end a row`,
      params,
      body: rowClose,
      answer: rowSaved,
      handle: ({ scope, reach, params: { row }, body, command: once }) =>
        command(kit.app, scope, once, tx => closeRow(tx, kit, register, reach, row, body)),
    }),
    reveal: route({
      method: 'POST',
      path: at('/{row}/reveal'),
      action: `${name}.reveal`,
      summary: `${name}: a row unmasked, for a stated purpose, on record`,
      params,
      body: rowReveal,
      answer: registerDetail,
      keyless: true,
      handle: ({ scope, reach, params: { row }, body, requestId }) =>
        kit.app.write(scope, tx =>
          revealRow(tx, kit, register, reach, row, { purpose: body.purpose, requestId }),
        ),
    }),
    decide: route({
      method: 'POST',
      path: at('/proposals/{proposal}/decision'),
      action: `${name}.decide`,
      summary: `${name}: accept or decline a proposed change`,
      params: z.object({ proposal: id }),
      body: proposalDecision,
      answer: rowSaved,
      handle: ({ scope, reach, params: { proposal }, body, command: once }) =>
        command(kit.app, scope, once, tx => decideProposal(tx, kit, register, reach, proposal, body)),
    }),
    succeed: route({
      method: 'POST',
      path: at('/succession'),
      action: `${name}.succeed`,
      summary: `${name}: rows end and others go on in their place`,
      body: rowSuccession,
      answer: z.object({ ended: z.number().int() }),
      handle: ({ scope, reach, body, command: once }) =>
        command(kit.app, scope, once, tx => succeedRows(tx, kit, register, reach, body)),
    }),
  }
  return Object.entries(all).flatMap(([deed, made]) => (permit[deed as keyof typeof all] ? [made] : []))
}
