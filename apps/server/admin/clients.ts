import { admitClient, dismissClient, listClients } from '@silian/kernel/access/administer-clients.ts'
import { changed, clientMade, clientPage, newClient } from '@silian/kernel/access/administration-contract.ts'
import { ShownOnce } from '@silian/kernel/access/shown-once.ts'
import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id, pageById } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Whole } from '../compose.ts'
import { by } from './by.ts'

export const clientRoutes = (kit: Whole): Route[] => [
  route({
    method: 'GET',
    path: '/clients',
    action: 'client.read',
    summary: '接口密钥 Machines with a key',
    query: pageById,
    answer: clientPage,
    handle: async ({ scope, query }) => ok(await kit.app.read(scope, tx => listClients(tx, query))),
  }),
  route({
    method: 'POST',
    path: '/clients',
    action: 'client.change',
    summary: '新建密钥 A key for a machine, shown this once',
    body: newClient,
    answer: clientMade,
    handle: async call => {
      const secret = new ShownOnce(kit.vault, call.scope, 'client', call.command.key).secret()
      const made = await command(kit.app, call.scope, call.command, tx =>
        admitClient(tx, kit, by(call), { ...call.body, secret }),
      )
      return made.ok ? ok({ ...made.value, secret }) : made
    },
  }),
  route({
    method: 'POST',
    path: '/clients/{client}/revocation',
    action: 'client.change',
    summary: '吊销密钥 From now on the key opens nothing',
    params: z.object({ client: id }),
    body: z.object({}),
    answer: changed,
    handle: call =>
      command(kit.app, call.scope, call.command, tx => dismissClient(tx, kit, by(call), call.params.client)),
  }),
]
