import { z } from 'zod'
import type { Permit } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import { command } from '../database/command.ts'
import { columnShapes } from '../declared/shape.ts'
import { valuesShape } from '../declared/zod.ts'
import { type Route, route } from '../http/route.ts'
import { date, id, instant } from '../http/shapes.ts'
import { ok } from '../result/result.ts'
import {
  newRow,
  newView,
  proposalDecision,
  type RegisterShape,
  registerDetail,
  registerHistory,
  registerPage,
  registerShapes,
  rowChange,
  rowClose,
  rowReveal,
  rowSaved,
  rowSuccession,
  views,
} from './contract.ts'
import { decideProposal } from './decide.ts'
import { deeds, type Register } from './define.ts'
import { readHistory } from './history.ts'
import type { RegisterRouteKit } from './kit.ts'
import type { ListQuery } from './query.ts'
import { listQuery, listRows, readRow } from './reads.ts'
import { changeRow, closeRow, createRow, revealRow } from './service.ts'
import { succeedRows } from './succession.ts'
import { forgetView, keepView, listViews } from './views.ts'

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
  ...viewRoutes(kit),
  ...registers.flatMap(register => [...readRoutes(kit, register), ...writeRoutes(kit, register)]),
]

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

const viewRoutes = (kit: RegisterRouteKit): Route[] => [
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
    handle: ({ scope, body, command: once }) => command(kit.app, scope, once, tx => keepView(tx, body)),
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
      handle: async ({ scope, reach, query }) =>
        ok(await kit.app.read(scope, tx => listRows(tx, kit, register, reach, query as ListQuery))),
    }),
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
