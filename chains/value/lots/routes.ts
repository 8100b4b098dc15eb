import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { lotMove, lotPage, lotPlaces, lotQuery, newLot } from './contract.ts'
import { moveLot } from './move.ts'
import { listLots, lotsByPlace } from './reads.ts'
import { bringIn } from './service.ts'

export const lotRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/lots',
    action: 'lot.read',
    summary: '批次台账 Lots with what is left of them',
    query: lotQuery,
    answer: lotPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listLots(tx, reach, query))),
  }),
  route({
    method: 'GET',
    path: '/lots/places',
    action: 'lot.read',
    summary: '各仓点存货 What lies at which place',
    answer: lotPlaces,
    handle: async ({ scope, reach }) =>
      ok({ items: await kit.app.read(scope, tx => lotsByPlace(tx, reach)) }),
  }),
  route({
    method: 'POST',
    path: '/lots/{lot}/move',
    action: 'lot.move',
    summary: '移库 Move a lot to another place',
    params: z.object({ lot: id }),
    body: lotMove,
    answer: z.object({ id, placeId: id }),
    handle: ({ scope, reach, params, body, command: once }) =>
      command(kit.app, scope, once, tx => moveLot(tx, kit, reach, params.lot, body)),
  }),
  route({
    method: 'POST',
    path: '/lots',
    action: 'lot.harvest',
    summary: '采收入库 Bring a harvest into stock',
    body: newLot,
    answer: z.object({ id }),
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, tx => bringIn(tx, kit, reach, body)),
  }),
]
