import { holderOf } from '@silian/kernel/access/holder.ts'
import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import {
  canteens,
  contracting,
  decision,
  declarationPage,
  declarationQuery,
  missingPage,
  missingQuery,
  newCanteen,
  newDeclaration,
  newRule,
  rules,
  yearQuery,
  yearSummary,
} from './contract.ts'
import { listDeclarations, listMissing, summariseYear } from './declared.ts'
import { listCanteens, listRules } from './reads.ts'
import { addRule, contractCanteen, decideDeclaration, declare, registerCanteen } from './service.ts'

const made = z.object({ id })

export const quotaRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/quota-rules',
    action: 'quota.read',
    summary: '预留份额规则 Rules of the reserved share',
    answer: rules,
    handle: async ({ scope }) => ok(await kit.app.read(scope, listRules)),
  }),
  route({
    method: 'POST',
    path: '/quota-rules',
    action: 'quota.rule',
    summary: '制定规则 Put a rule on record',
    body: newRule,
    answer: made,
    handle: ({ scope, principal, body, command: once }) =>
      command(kit.app, scope, once, tx => addRule(tx, kit, holderOf(principal), body)),
  }),
  route({
    method: 'GET',
    path: '/canteens',
    action: 'canteen.read',
    summary: '食堂台账 Canteens and the units they serve',
    answer: canteens,
    handle: async ({ scope, reach }) => ok(await kit.app.read(scope, tx => listCanteens(tx, reach))),
  }),
  route({
    method: 'POST',
    path: '/canteens',
    action: 'canteen.register',
    summary: '登记食堂 Register a canteen',
    body: newCanteen,
    answer: made,
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, tx => registerCanteen(tx, reach, body)),
  }),
  route({
    method: 'POST',
    path: '/canteens/{canteen}/contractor',
    action: 'canteen.contract',
    summary: '承包商交易权限 Let whoever runs a canteen order for its unit',
    params: z.object({ canteen: id }),
    body: contracting,
    answer: made,
    handle: ({ scope, reach, params, body, command: once }) =>
      command(kit.app, scope, once, tx => contractCanteen(tx, kit, reach, params.canteen, body.contractorId)),
  }),
  route({
    method: 'GET',
    path: '/declaration-years',
    action: 'declaration.check',
    summary: '年度填报汇总 How the declarations of a year stand',
    query: yearQuery,
    answer: yearSummary,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => summariseYear(tx, reach, query))),
  }),
  route({
    method: 'GET',
    path: '/missing-declarations',
    action: 'declaration.check',
    summary: '未填报单位 Units that have not declared a year',
    query: missingQuery,
    answer: missingPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listMissing(tx, reach, query))),
  }),
  route({
    method: 'GET',
    path: '/declarations',
    action: 'declaration.read',
    summary: '份额填报与进度 Declarations and their progress',
    query: declarationQuery,
    answer: declarationPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listDeclarations(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/declarations',
    action: 'declaration.declare',
    summary: '填报份额 Declare a year',
    body: newDeclaration,
    answer: made,
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, tx => declare(tx, kit, reach, body)),
  }),
  route({
    method: 'POST',
    path: '/declarations/{declaration}/decision',
    action: 'declaration.decide',
    summary: '审核填报 Confirm or return a declaration',
    params: z.object({ declaration: id }),
    body: decision,
    answer: made,
    handle: ({ scope, reach, principal, params, body, command: once }) =>
      command(kit.app, scope, once, tx =>
        decideDeclaration(tx, kit, reach, holderOf(principal), params.declaration, body),
      ),
  }),
]
