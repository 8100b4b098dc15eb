import type { Expectation } from './expectations.ts'

const system = ['platform_admin'] as const
const security = ['security_admin'] as const
const village = ['village_cadre', 'county_officer'] as const
const noPerson = '404 person.not_found'

/** 管理 and 搜索: system, security and audit are three roles that no account combines (DESIGN 8). */
export const adminExpectations: readonly Expectation[] = [
  { route: 'GET /search', action: 'search.ask', open: 'everyone but client', about: 'organisation' },
  {
    // whoever may see a person in clear may look for one; elsewhere there is none
    route: 'POST /search/identity',
    action: 'search.identity',
    own: village,
    about: 'organisation',
  },

  {
    route: 'GET /organisation-tree',
    action: 'organisation.read',
    open: 'everyone but client',
    about: 'organisation',
  },
  {
    route: 'GET /organisations/{organisation}',
    action: 'organisation.read',
    open: 'everyone but client',
    alien: '404 organisation.not_found',
    about: 'organisation',
  },
  { route: 'POST /organisations', action: 'organisation.create', all: system, about: 'nothing' },
  {
    route: 'POST /organisations/{organisation}/succession',
    action: 'organisation.succeed',
    all: system,
    alien: '404 organisation.not_found',
    about: 'organisation',
  },
  { route: 'GET /clients', action: 'client.read', all: system, about: 'organisation' },
  {
    route: 'POST /clients',
    action: 'client.change',
    all: system,
    alien: '404 organisation.not_found',
    about: 'organisation',
  },
  {
    route: 'POST /clients/{client}/revocation',
    action: 'client.change',
    all: system,
    alien: '404 client.not_found',
    about: 'organisation',
  },
  { route: 'GET /jobs', action: 'job.read', all: system, about: 'nothing' },
  { route: 'GET /queue', action: 'job.read', all: system, about: 'nothing' },
  { route: 'POST /jobs/{job}/retry', action: 'job.retry', all: system, about: 'nothing' },
  { route: 'GET /health-report', action: 'health.read', all: system, about: 'nothing' },
  { route: 'GET /settings', action: 'setting.read', all: system, about: 'nothing' },
  { route: 'POST /settings/{key}', action: 'setting.change', all: system, about: 'nothing' },

  { route: 'GET /people', action: 'person.read', all: security, about: 'organisation' },
  {
    route: 'GET /people/{person}',
    action: 'person.read',
    all: security,
    alien: noPerson,
    about: 'organisation',
  },
  { route: 'POST /people', action: 'person.change', all: security, about: 'nothing' },
  ...(
    [
      ['reveal', 'person.reveal'],
      ['lock', 'person.change'],
      ['unlock', 'person.change'],
      ['password', 'person.change'],
      ['closing', 'person.change'],
      ['erasure', 'person.change'],
      ['roles', 'role.grant'],
    ] as const
  ).map(
    ([step, action]): Expectation => ({
      route: `POST /people/{person}/${step}`,
      action,
      all: security,
      alien: noPerson,
      about: 'organisation',
    }),
  ),
  {
    route: 'POST /roles/{role}/end',
    action: 'role.grant',
    all: security,
    alien: '404 role.not_found',
    about: 'organisation',
  },

  {
    route: 'GET /access-records',
    action: 'audit.read',
    all: ['audit_admin', 'auditor'],
    about: 'organisation',
  },
]
