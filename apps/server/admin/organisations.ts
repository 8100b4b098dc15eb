import { registerOrganisation, succeed } from '@silian/kernel/access/administer-organisations.ts'
import {
  changed,
  newOrganisation,
  organisationDetail,
  successionBody,
  treePage,
  treeQuery,
} from '@silian/kernel/access/administration-contract.ts'
import { listTree, readOrganisation } from '@silian/kernel/access/organisation-tree.ts'
import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Whole } from '../compose.ts'
import { by } from './by.ts'

const params = z.object({ organisation: id })

export const organisationRoutes = (kit: Whole): Route[] => [
  route({
    method: 'GET',
    path: '/organisation-tree',
    action: 'organisation.read',
    summary: '组织树 Organisations by what they stand under, as they are now or were on a day',
    query: treeQuery,
    answer: treePage,
    handle: async ({ scope, query }) => ok(await kit.app.read(scope, tx => listTree(tx, query))),
  }),
  route({
    method: 'GET',
    path: '/organisations/{organisation}',
    action: 'organisation.read',
    summary: '组织详情 One organisation with its former states',
    params,
    answer: organisationDetail,
    handle: ({ scope, params: { organisation } }) =>
      kit.app.read(scope, tx => readOrganisation(tx, organisation)),
  }),
  route({
    method: 'POST',
    path: '/organisations',
    action: 'organisation.create',
    summary: '登记组织 Put an organisation on record',
    body: newOrganisation,
    answer: changed,
    handle: call => {
      const { id: given, parentId, ...body } = call.body
      const input = { ...body, ...(given ? { id: given } : {}), ...(parentId ? { parentId } : {}) }
      return command(kit.app, call.scope, call.command, tx => registerOrganisation(tx, kit, by(call), input))
    },
  }),
  route({
    method: 'POST',
    path: '/organisations/{organisation}/succession',
    action: 'organisation.succeed',
    summary: '组织变更 Rename, move, merge or close an organisation',
    params,
    body: successionBody,
    answer: changed,
    handle: call =>
      command(kit.app, call.scope, call.command, tx =>
        succeed(tx, kit, by(call), call.params.organisation, call.body),
      ),
  }),
]
