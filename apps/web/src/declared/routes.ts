import type * as metrics from '@silian/kernel/metric/contract.ts'
import type * as process from '@silian/kernel/process/contract.ts'
import type * as register from '@silian/kernel/register/contract.ts'
import type * as platform from '@silian/server/platform/contract.ts'
import { command, get, type In, type Out, post } from '../api/route.ts'

type Query = Record<string, string | number | readonly string[] | undefined>
type Done = { answer: unknown }
type Saved = Out<typeof register.rowSaved>
type Run = Out<typeof register.importRun>

/** Routes that follow from a declaration: the same for all of a kind, with the declaration's name as parameter. */
export const registerRoutes = {
  registers: get<{ answer: register.RegisterShape[] }>()('/p/:programme/registers'),
  rows: get<{ query: Query; answer: register.RegisterPage }>()('/p/:programme/registers/:register'),
  /** The same, asked for by what may stand in no address. */
  find: post<{ body: Query; answer: register.RegisterPage }>()('/p/:programme/registers/:register/find'),
  row: get<{ query: { at?: string | undefined }; answer: register.RegisterDetail }>()(
    '/p/:programme/registers/:register/:row',
  ),
  history: get<{ answer: register.RegisterHistory }>()('/p/:programme/registers/:register/:row/history'),
  create: command<{ body: In<typeof register.newRow>; answer: Saved }>()('/p/:programme/registers/:register'),
  change: command<{ body: In<typeof register.rowChange>; answer: Saved }>()(
    '/p/:programme/registers/:register/:row/change',
  ),
  close: command<{ body: In<typeof register.rowClose>; answer: unknown }>()(
    '/p/:programme/registers/:register/:row/close',
  ),
  reveal: command<{ body: { purpose: string }; answer: register.RegisterDetail }>()(
    '/p/:programme/registers/:register/:row/reveal',
  ),
  decide: command<{ body: In<typeof register.proposalDecision>; answer: unknown }>()(
    '/p/:programme/registers/:register/proposals/:proposal/decision',
  ),
  proposals: get<{ query: Query; answer: register.RegisterProposals }>()(
    '/p/:programme/registers/:register/proposals',
  ),
  proposalCounts: get<{ answer: Out<typeof register.proposalCounts> }>()('/p/:programme/proposals'),
  succeed: command<{ body: In<typeof register.rowSuccession>; answer: unknown }>()(
    '/p/:programme/registers/:register/succession',
  ),
  previewSuccession: post<{
    body: In<typeof register.rowSuccession>
    answer: Out<typeof register.successionPreview>
  }>()('/p/:programme/registers/:register/succession/preview'),
  views: get<{ answer: Out<typeof register.views> }>()('/p/:programme/views'),
  saveView: command<{
    body: { id?: string; register: string; name: string; query: string; columns: string[] }
    answer: { id: string }
  }>()('/p/:programme/views'),
  forgetView: command<{ body: object; answer: { id: string } }>()('/p/:programme/views/:view/removal'),
  imports: get<{ query: Query; answer: Out<typeof register.importRuns> }>()(
    '/p/:programme/registers/:register/imports',
  ),
  import: get<{ answer: Run }>()('/p/:programme/registers/:register/imports/:run'),
  newImport: command<{ body: In<typeof register.newImport>; answer: { id: string } }>()(
    '/p/:programme/registers/:register/imports',
  ),
} as const

export const processRoutes = {
  processes: get<{ answer: process.ProcessShape[] }>()('/p/:programme/processes'),
  cases: get<{ query: Query; answer: Out<typeof process.casePage> }>()(
    '/p/:programme/processes/:process/cases',
  ),
  case: get<{ answer: process.CaseDetail }>()('/p/:programme/processes/:process/cases/:case'),
  open: command<{ body: In<typeof process.newCase>; answer: { id: string } }>()(
    '/p/:programme/processes/:process/cases',
  ),
  inbox: get<{ query: Query; answer: Out<typeof process.inboxPage> }>()('/p/:programme/inbox'),
  counts: get<{ answer: Out<typeof process.inboxCounts> }>()('/p/:programme/inbox/counts'),
  decide: command<{ body: In<typeof process.decision>; answer: unknown }>()(
    '/p/:programme/tasks/:task/decision',
  ),
  decideMany: command<{
    body: In<typeof process.bulkDecision>
    answer: Out<typeof process.bulkDecided>
  }>()('/p/:programme/tasks/decisions'),
  delegate: command<{ body: In<typeof process.delegation>; answer: unknown }>()(
    '/p/:programme/tasks/:task/delegation',
  ),
  absences: get<{ answer: Out<typeof process.absences> }>()('/p/:programme/absences'),
  beAbsent: command<{ body: In<typeof process.absence>; answer: unknown }>()('/p/:programme/absences'),
  endAbsence: command<{ body: object } & Done>()('/p/:programme/absences/:absence/end'),
  object: command<{ body: In<typeof process.objection>; answer: unknown }>()(
    '/p/:programme/cases/:case/objection',
  ),
  withdraw: command<{ body: { note?: string } } & Done>()('/p/:programme/cases/:case/withdrawal'),
  publicity: get<{ query: Query; answer: Out<typeof process.publicityPage> }>()('/p/:programme/publicity'),
  notifications: get<{ query: Query; answer: Out<typeof process.notificationPage> }>()(
    '/p/:programme/notifications',
  ),
  read: command<{ body: { upTo: string } } & Done>()('/p/:programme/notifications/read'),
} as const

export const metricRoutes = {
  metrics: get<{ answer: metrics.MetricShape[] }>()('/p/:programme/metrics'),
  values: get<{ query: Query; answer: metrics.MetricValues }>()('/p/:programme/metrics/:metric/values'),
  facts: get<{ query: Query; answer: metrics.MetricFacts }>()('/p/:programme/metrics/:metric/facts'),
} as const

export const platformRoutes = {
  areas: get<{ query: { parent?: string | undefined }; answer: Out<typeof platform.areas> }>()(
    '/p/:programme/areas',
  ),
  organisations: get<{ query: Query; answer: Out<typeof platform.organisationPage> }>()(
    '/p/:programme/organisations',
  ),
  colleagues: get<{ query: { task?: string | undefined }; answer: Out<typeof process.colleagues> }>()(
    '/p/:programme/colleagues',
  ),
} as const
