import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { householdDetail, householdPage, householdQuery, newHousehold, reveal } from './contract.ts'
import { listHouseholds, readHousehold, revealHousehold } from './reads.ts'
import { registerHouseholds } from './service.ts'

const params = z.object({ household: id })

export const householdRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/households',
    action: 'household.read',
    summary: '农户台账 Households, personal fields masked',
    query: householdQuery,
    answer: householdPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listHouseholds(tx, kit, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/households',
    action: 'household.register',
    summary: '登记农户 Register a household with its members',
    body: newHousehold,
    answer: z.object({ ids: z.array(id) }),
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, tx => registerHouseholds(tx, kit, reach, [body])),
  }),
  route({
    method: 'GET',
    path: '/households/{household}',
    action: 'household.read',
    summary: '农户详情 One household, masked',
    params,
    answer: householdDetail,
    handle: ({ scope, reach, params: { household } }) =>
      kit.app.read(scope, tx => readHousehold(tx, kit, reach, household)),
  }),
  route({
    method: 'POST',
    path: '/households/{household}/reveal',
    action: 'household.reveal',
    summary: '查看明文 Unmasked, for a stated purpose, on record',
    params,
    body: reveal,
    answer: householdDetail,
    keyless: true,
    handle: ({ scope, reach, params: { household }, body, requestId }) =>
      kit.app.write(scope, tx => revealHousehold(tx, kit, reach, household, body.purpose, requestId)),
  }),
]
