import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { linkPage, linkQuery, newLink } from './contract.ts'
import { listLinks } from './reads.ts'
import { signLink } from './service.ts'

export const linkRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/links',
    action: 'link.read',
    summary: '利益联结台账 Benefit links with what they have brought',
    query: linkQuery,
    answer: linkPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listLinks(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/links',
    action: 'link.sign',
    summary: '签订利益联结 Sign a benefit link',
    body: newLink,
    answer: z.object({ id }),
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, tx => signLink(tx, kit, reach, body)),
  }),
]
