import { z } from 'zod'
import { ShownOnce } from '../access/shown-once.ts'
import { command } from '../database/command.ts'
import type { Database } from '../database/database.ts'
import { type Route, route } from '../http/route.ts'
import { id, pageByTime } from '../http/shapes.ts'
import type { Vault } from '../personal/vault.ts'
import { notificationPage } from '../process/contract.ts'
import { ok } from '../result/result.ts'
import { newTarget, targetPage } from './contract.ts'
import { markRead, notificationsOf } from './reads.ts'
import { addTarget, endTarget, targetsOf } from './targets.ts'

export interface NotifyKit {
  readonly app: Database
  readonly vault: Vault
}

/** A member's own notifications, and where else they are told. */
export const notificationRoutes = (kit: NotifyKit): Route[] => [
  route({
    method: 'GET',
    path: '/notifications',
    action: 'notification.read',
    summary: '消息 One’s own notifications, the newest first',
    query: pageByTime,
    answer: notificationPage,
    handle: async ({ scope, principal, query }) =>
      ok(await kit.app.read(scope, tx => notificationsOf(tx, principal.memberId ?? null, query))),
  }),
  route({
    method: 'POST',
    path: '/notifications/read',
    action: 'notification.read',
    summary: '标为已读 Mark as read up to one',
    body: z.object({ upTo: id }),
    answer: z.object({ read: z.number().int() }),
    handle: ({ scope, principal, body, command: once }) =>
      command(kit.app, scope, once, async tx =>
        ok({ read: await markRead(tx, principal.memberId ?? null, body.upTo) }),
      ),
  }),
  route({
    method: 'GET',
    path: '/notification-targets',
    action: 'notification.read',
    summary: '通知方式 Where else the caller is told',
    answer: targetPage,
    handle: async ({ scope, principal }) =>
      ok(await kit.app.read(scope, tx => targetsOf(tx, kit.vault, principal.memberId ?? null))),
  }),
  route({
    method: 'POST',
    path: '/notification-targets',
    action: 'notification.read',
    summary: '添加通知方式 Be told by e-mail or webhook, too',
    body: newTarget,
    answer: z.object({ id, secret: z.string().nullable() }),
    handle: async ({ scope, principal, body, command: once }) => {
      // what a command answers is kept with its key: the secret is made of it again, and is not
      const secret = new ShownOnce(kit.vault, scope, 'webhook', once.key).signing()
      const made = await command(kit.app, scope, once, tx =>
        addTarget(tx, kit.vault, principal.memberId ?? null, body, secret),
      )
      return made.ok ? ok({ ...made.value, secret: body.channel === 'webhook' ? secret : null }) : made
    },
  }),
  route({
    method: 'POST',
    path: '/notification-targets/{target}/end',
    action: 'notification.read',
    summary: '停用通知方式 Be told there no more',
    params: z.object({ target: id }),
    body: z.object({}),
    answer: z.object({ id }),
    handle: ({ scope, principal, params, command: once }) =>
      command(kit.app, scope, once, tx => endTarget(tx, principal.memberId ?? null, params.target)),
  }),
]
