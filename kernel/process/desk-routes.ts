import { z } from 'zod'
import { type Command, command } from '../database/command.ts'
import { type Route, route } from '../http/route.ts'
import { id } from '../http/shapes.ts'
import { ok } from '../result/result.ts'
import { absencesOf, endAbsence, recordAbsence } from './absence.ts'
import { colleaguesOf } from './colleagues.ts'
import {
  absence,
  absences,
  bulkDecided,
  bulkDecision,
  colleagues,
  decided,
  decision,
  delegation,
  inboxCounts,
  inboxPage,
  objection,
} from './contract.ts'
import { decideTask } from './decide.ts'
import { delegate } from './delegate.ts'
import { actorOf } from './desk.ts'
import { inbox, inboxCount } from './inbox.ts'
import { object } from './objection.ts'
import type { CaseKit } from './registry.ts'
import { pageByDay, yes } from './routes.ts'
import { withdraw } from './withdraw.ts'

const made = z.object({ id })
const taskPath = z.object({ task: id })
const casePath = z.object({ case: id })

/** What lies on somebody's desk, and what they do with it. */
export const deskRoutes = (kit: CaseKit): Route[] => [...taskRoutes(kit), ...ownRoutes(kit)]

const taskRoutes = (kit: CaseKit): Route[] => [
  route({
    method: 'GET',
    path: '/inbox',
    action: 'inbox.read',
    summary: '待办 What waits for the caller, the nearest deadline first',
    query: pageByDay.extend({ process: z.string().max(60).optional(), overdue: yes.optional() }),
    answer: inboxPage,
    handle: async ({ scope, principal, query }) =>
      ok(await kit.app.read(scope, async tx => inbox(tx, kit, await actorOf(tx, principal), query))),
  }),
  route({
    method: 'GET',
    path: '/inbox/counts',
    action: 'inbox.read',
    summary: '待办数量 How much waits, by process and state',
    answer: inboxCounts,
    handle: async ({ scope, principal }) =>
      ok(await kit.app.read(scope, async tx => inboxCount(tx, await actorOf(tx, principal)))),
  }),
  route({
    method: 'POST',
    path: '/tasks/{task}/decision',
    action: 'task.decide',
    summary: '办理 Decide a task',
    params: taskPath,
    body: decision,
    answer: decided,
    handle: ({ scope, principal, params, body, command: once }) =>
      command(kit.app, scope, once, async tx =>
        decideTask(tx, kit, await actorOf(tx, principal), params.task, body),
      ),
  }),
  route({
    method: 'POST',
    path: '/tasks/decisions',
    action: 'task.decide',
    summary: '批量办理 Decide several tasks alike, each for itself',
    body: bulkDecision,
    answer: bulkDecided,
    handle: async ({ scope, principal, body, command: once }) => {
      // the key stands for the whole list first: the same key under another list is refused
      const claimed = await command(kit.app, scope, once, async () => ok(null))
      if (!claimed.ok) return claimed
      const outcomes: z.infer<typeof bulkDecided>['outcomes'] = []
      for (const task of new Set(body.tasks)) {
        const result = await command(kit.app, scope, oneOf(once, task), async tx =>
          decideTask(tx, kit, await actorOf(tx, principal), task, { ...body, form: {}, files: [] }),
        )
        outcomes.push({ task, ok: result.ok, code: result.ok ? null : result.code })
      }
      return ok({ outcomes })
    },
  }),
  route({
    method: 'POST',
    path: '/tasks/{task}/delegation',
    action: 'task.delegate',
    summary: '转办 Give a task to a colleague of the same role',
    params: taskPath,
    body: delegation,
    answer: made,
    handle: ({ scope, principal, params, body, requestId, command: once }) =>
      command(kit.app, scope, once, async tx =>
        delegate(tx, await actorOf(tx, principal), params.task, body, requestId),
      ),
  }),
]

/** What somebody does about cases that do not lie with them, and about being away. */
const ownRoutes = (kit: CaseKit): Route[] => [
  route({
    method: 'POST',
    path: '/cases/{case}/objection',
    action: 'case.object',
    summary: '异议 Object to what hangs out',
    params: casePath,
    body: objection,
    answer: made,
    handle: ({ scope, principal, params, body, command: once }) =>
      command(kit.app, scope, once, async tx =>
        object(tx, kit, await actorOf(tx, principal), params.case, body),
      ),
  }),
  route({
    method: 'POST',
    path: '/cases/{case}/withdrawal',
    action: 'case.withdraw',
    summary: '撤回 Take one’s case back',
    params: casePath,
    body: z.object({}),
    answer: made,
    handle: ({ scope, principal, params, command: once }) =>
      command(kit.app, scope, once, async tx => withdraw(tx, kit, await actorOf(tx, principal), params.case)),
  }),
  ...awayRoutes(kit),
]

/** Who stands in for whom. */
const awayRoutes = (kit: CaseKit): Route[] => [
  route({
    method: 'GET',
    path: '/colleagues',
    action: 'absence.record',
    summary: '同事 Members of one’s own organisations who may stand in, or be given a task',
    query: z.object({ task: id.optional() }),
    answer: colleagues,
    handle: async ({ scope, principal, query }) =>
      ok(
        await kit.app.read(scope, async tx =>
          colleaguesOf(tx, kit.vault, await actorOf(tx, principal), query.task),
        ),
      ),
  }),
  route({
    method: 'GET',
    path: '/absences',
    action: 'absence.record',
    summary: '外出 Who stands in for whom',
    answer: absences,
    handle: async ({ scope, principal }) =>
      ok(await kit.app.read(scope, tx => absencesOf(tx, kit.vault, principal.memberId ?? null))),
  }),
  route({
    method: 'POST',
    path: '/absences',
    action: 'absence.record',
    summary: '登记外出 Name a deputy for some days',
    body: absence,
    answer: made,
    handle: ({ scope, principal, body, command: once }) =>
      command(kit.app, scope, once, async tx => recordAbsence(tx, await actorOf(tx, principal), body)),
  }),
  route({
    method: 'POST',
    path: '/absences/{absence}/end',
    action: 'absence.record',
    summary: '取消外出 Be back, or not go',
    params: z.object({ absence: id }),
    body: z.object({}),
    answer: made,
    handle: ({ scope, principal, params, command: once }) =>
      command(kit.app, scope, once, async tx => endAbsence(tx, await actorOf(tx, principal), params.absence)),
  }),
]

const oneOf = (once: Command, task: string): Command => ({
  ...once,
  key: `${once.key} ${task}`,
  input: once.input,
})
