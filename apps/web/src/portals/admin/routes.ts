import type * as admin from '@silian/kernel/access/administration-contract.ts'
import type * as health from '@silian/kernel/health/contract.ts'
import type * as jobs from '@silian/kernel/jobs/contract.ts'
import type * as settings from '@silian/kernel/settings/contract.ts'
import { command, get, type In, type Out, post } from '../../api/route.ts'

type Changed = Out<typeof admin.changed>

/** What administration asks for, below `/api/v1`. */
export const adminRoutes = {
  areas: get<{
    query: { parent?: string | undefined }
    answer: { code: string; nameZh: string; nameEn: string; level: string }[]
  }>()('/p/:programme/areas'),
  tree: get<{ query: In<typeof admin.treeQuery>; answer: admin.TreePage }>()(
    '/p/:programme/organisation-tree',
  ),
  organisation: get<{ answer: admin.OrganisationDetail }>()('/p/:programme/organisations/:organisation'),
  newOrganisation: command<{ body: In<typeof admin.newOrganisation>; answer: Changed }>()(
    '/p/:programme/organisations',
  ),
  succession: command<{ body: In<typeof admin.successionBody>; answer: Changed }>()(
    '/p/:programme/organisations/:organisation/succession',
  ),

  people: get<{ query: In<typeof admin.peopleQuery>; answer: Out<typeof admin.peoplePage> }>()(
    '/p/:programme/people',
  ),
  person: get<{ answer: admin.PersonDetail }>()('/p/:programme/people/:person'),
  newPerson: command<{ body: In<typeof admin.newPerson>; answer: Out<typeof admin.personMade> }>()(
    '/p/:programme/people',
  ),
  reveal: post<{ body: In<typeof admin.revealBody>; answer: Out<typeof admin.revealed> }>()(
    '/p/:programme/people/:person/reveal',
  ),
  lock: command<{ body: object; answer: Changed }>()('/p/:programme/people/:person/lock'),
  unlock: command<{ body: object; answer: Changed }>()('/p/:programme/people/:person/unlock'),
  password: command<{ body: object; answer: Out<typeof admin.passwordGiven> }>()(
    '/p/:programme/people/:person/password',
  ),
  erasure: command<{ body: object; answer: Changed }>()('/p/:programme/people/:person/erasure'),
  closing: command<{ body: object; answer: Changed }>()('/p/:programme/people/:person/closing'),
  grant: command<{ body: In<typeof admin.newRole>; answer: Changed }>()('/p/:programme/people/:person/roles'),
  endRole: command<{ body: object; answer: Changed }>()('/p/:programme/roles/:role/end'),

  clients: get<{
    query: { after?: string | undefined; limit?: number }
    answer: Out<typeof admin.clientPage>
  }>()('/p/:programme/clients'),
  newClient: command<{ body: In<typeof admin.newClient>; answer: Out<typeof admin.clientMade> }>()(
    '/p/:programme/clients',
  ),
  revokeClient: command<{ body: object; answer: Changed }>()('/p/:programme/clients/:client/revocation'),

  audit: get<{ query: In<typeof admin.auditQuery>; answer: Out<typeof admin.accessPage> }>()(
    '/p/:programme/access-records',
  ),
  jobs: get<{ query: In<typeof jobs.jobsQuery>; answer: Out<typeof jobs.jobPage> }>()('/p/:programme/jobs'),
  queue: get<{ answer: jobs.Queue }>()('/p/:programme/queue'),
  retry: command<{ body: object; answer: Changed }>()('/p/:programme/jobs/:job/retry'),
  health: get<{ answer: health.HealthReport }>()('/p/:programme/health-report'),
  settings: get<{ answer: settings.SettingShape[] }>()('/p/:programme/settings'),
  setSetting: command<{ body: In<typeof settings.settingChange>; answer: unknown }>()(
    '/p/:programme/settings/:key',
  ),
}
