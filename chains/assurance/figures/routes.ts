import { holderOf } from '@silian/kernel/access/holder.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { ok } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { citedAnswer, figures, publishedFigure, publishFigure } from './contract.ts'
import { listCited, listFigures, listRatios } from './reads.ts'
import { publishMonth } from './service.ts'

export const figureRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/figures',
    action: 'figure.read',
    summary: '公开数据 Published figures and open months',
    answer: figures,
    handle: async ({ scope }) => ok(await kit.app.read(scope, listFigures)),
  }),
  route({
    method: 'GET',
    path: '/cited',
    action: 'figure.read',
    summary: "引用数据 Articles' figures, never added to ours",
    answer: citedAnswer,
    handle: async ({ scope }) =>
      ok(
        await kit.app.read(scope, async tx => ({
          figures: await listCited(tx),
          ratios: await listRatios(tx),
        })),
      ),
  }),
  route({
    // a month is closed once whoever asks and however often: the month itself is the key
    method: 'POST',
    path: '/figures',
    action: 'figure.publish',
    summary: '发布月度数据 Close a month and publish its figure',
    body: publishFigure,
    answer: publishedFigure,
    keyless: true,
    handle: ({ scope, principal, body }) =>
      publishMonth(kit, scope, { ...body, holder: holderOf(principal) }),
  }),
]
