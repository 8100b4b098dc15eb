import { settings } from '@silian/chains/settings.ts'
import { auditAct, recordAct } from '@silian/kernel/access/acts.ts'
import { accessPage, auditQuery, changed } from '@silian/kernel/access/administration-contract.ts'
import { listAudit } from '@silian/kernel/access/audit-list.ts'
import { command } from '@silian/kernel/database/command.ts'
import { healthReport } from '@silian/kernel/health/contract.ts'
import { readHealth } from '@silian/kernel/health/report.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { jobPage, jobsQuery, queue } from '@silian/kernel/jobs/contract.ts'
import { listJobs, readQueue, retryJob } from '@silian/kernel/jobs/overview.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { settingChange, settingSet, settingShapes } from '@silian/kernel/settings/contract.ts'
import { changeSetting } from '@silian/kernel/settings/settings.ts'
import { z } from 'zod'
import type { Whole } from '../compose.ts'
import { by } from './by.ts'
import { settingsShown } from './settings.ts'

export const operationRoutes = (kit: Whole): Route[] => [
  route({
    method: 'GET',
    path: '/jobs',
    action: 'job.read',
    summary: '后台任务 What was asked for and how far it is',
    query: jobsQuery,
    answer: jobPage,
    handle: async ({ scope, query }) => ok(await kit.app.read(scope, tx => listJobs(tx, query))),
  }),
  route({
    method: 'GET',
    path: '/queue',
    action: 'job.read',
    summary: '任务队列 How much waits, and what was given up',
    answer: queue,
    handle: async ({ scope }) => ok(await kit.batch.read(scope, readQueue)),
  }),
  route({
    method: 'POST',
    path: '/jobs/{job}/retry',
    action: 'job.retry',
    summary: '重试任务 Have a job that was given up tried again',
    params: z.object({ job: id }),
    body: z.object({}),
    answer: changed,
    handle: call =>
      command(kit.app, call.scope, call.command, async tx => {
        const { job } = call.params
        const tried = await retryJob(tx, job)
        if (tried.ok)
          await recordAct(tx, kit.recorder, by(call), {
            ...{ type: 'job.retried', subjectType: 'job', subjectId: job },
            pub: { job },
          })
        return tried
      }),
  }),
  route({
    method: 'GET',
    path: '/health-report',
    action: 'health.read',
    summary: '运行状况 Database, log, subscriptions, files and the last check',
    answer: healthReport,
    handle: async ({ scope }) => ok(await kit.app.read(scope, tx => readHealth(tx, kit.health ?? {}))),
  }),
  route({
    method: 'GET',
    path: '/settings',
    action: 'setting.read',
    summary: '设置 What the programme may set for itself, with its history',
    answer: settingShapes,
    handle: async ({ scope }) => ok(await kit.app.read(scope, tx => settingsShown(tx, settings))),
  }),
  route({
    method: 'POST',
    path: '/settings/{key}',
    action: 'setting.change',
    summary: '更改设置 Set one of them',
    params: z.object({ key: z.enum(settings.map(({ key }) => key)) }),
    body: settingChange,
    answer: settingSet,
    handle: call =>
      command(kit.app, call.scope, call.command, async tx => {
        const setting = settings.find(({ key }) => key === call.params.key)!
        const whose = by(call)
        const set = await changeSetting(tx, kit.recorder, whose.holder, setting, call.body)
        if (set.ok)
          await auditAct(tx, whose, {
            type: 'setting.changed',
            subjectType: 'setting',
            subjectId: setting.key,
          })
        return set
      }),
  }),
  route({
    method: 'GET',
    path: '/access-records',
    action: 'audit.read',
    summary: '查阅记录 Who looked at or did what to whom, and why',
    query: auditQuery,
    answer: accessPage,
    handle: async ({ scope, query }) => ok(await kit.app.read(scope, tx => listAudit(tx, query))),
  }),
]
