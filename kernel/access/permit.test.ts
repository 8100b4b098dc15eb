import { describe, expect, it } from 'vitest'
import { covers, definePermissions } from './permit.ts'
import { type HeldRole, type Principal, publicPrincipal, scopeOf } from './principal.ts'
import { isSeparated, needsOrganisation, type Role, roles } from './roles.ts'

const permit = definePermissions([
  { action: 'offer.list', roles: { public: 'programme' } },
  {
    action: 'household.list',
    roles: { task_force: 'programme', county_officer: 'area', coop_clerk: 'organisation' },
  },
  {
    action: 'order.list',
    roles: { buyer: ['organisation', 'own'], citizen: 'own', bank_officer: 'organisation' },
  },
])

const held = (
  role: Role,
  organisationId: string | null = null,
  areaPath: string | null = null,
): HeldRole => ({
  role,
  organisationId,
  areaPath,
})
const person = (...heldRoles: HeldRole[]): Principal => ({
  kind: 'person',
  id: 'account',
  memberId: 'member',
  programme: 'shenzhen',
  roles: heldRoles,
})
const none = {
  programme: 'shenzhen',
  everything: false,
  areaPaths: [],
  organisationIds: [],
  personIds: [],
}

describe('permit', () => {
  it('joins the reaches of all roles that grant the action', () => {
    const principal = person(
      held('county_officer', 'o1', '45/4510/451028'),
      held('county_officer', 'o2', '45/4510/451022'),
      held('coop_clerk', 'o3', '45/4510/451028'),
      held('buyer', 'o4', '44'),
    )
    expect(permit(principal, 'household.list')).toEqual({
      ok: true,
      value: { ...none, areaPaths: ['45/4510/451028', '45/4510/451022'], organisationIds: ['o3'] },
    })
    expect(permit(principal, 'order.list')).toEqual({
      ok: true,
      value: { ...none, organisationIds: ['o4'], personIds: ['member'] },
    })
  })

  it('reaches what an organisation took over with those that were merged into it', () => {
    const principal = person({ ...held('buyer', 'o4'), mergedIds: ['o1', 'o2'] })
    expect(permit(principal, 'order.list')).toMatchObject({ value: { organisationIds: ['o4', 'o1', 'o2'] } })
  })

  it('reaches everything for a role over the programme, and for all where the public may', () => {
    expect(permit(person(held('task_force', 'o')), 'household.list')).toMatchObject({
      value: { everything: true },
    })
    for (const principal of [person(), publicPrincipal('shenzhen'), person(held('buyer', 'o'))])
      expect(permit(principal, 'offer.list')).toEqual({ ok: true, value: { ...none, everything: true } })
  })

  it('refuses the public with sign-in, others as forbidden', () => {
    expect(permit(publicPrincipal('shenzhen'), 'order.list')).toEqual({
      ok: false,
      code: 'sign_in.required',
      params: {},
    })
    for (const principal of [person(), person(held('auditor', 'o')), person(held('platform_admin'))])
      expect(permit(principal, 'order.list')).toEqual({
        ok: false,
        code: 'action.forbidden',
        params: { action: 'order.list' },
      })
  })

  it('refuses a role that lacks the organisation or area its reach needs', () => {
    for (const role of [held('county_officer', 'o', null), held('coop_clerk', null, '45')])
      expect(permit(person(role), 'household.list')).toMatchObject({ ok: false, code: 'action.forbidden' })
  })

  it.each([
    [['order.list'], true],
    [['order.*'], true],
    [['*'], true],
    [['orders.*'], false],
    [['order.lis'], false],
    [['o*'], false],
    [[], false],
  ])('lets a key with scopes %o use order.list: %s', (scopes, allowed) => {
    const client: Principal = {
      kind: 'client',
      id: 'client',
      programme: 'shenzhen',
      roles: [held('bank_officer', 'bank')],
      scopes,
    }
    expect(permit(client, 'order.list').ok).toBe(allowed)
  })

  it('takes for a machine its own id', () => {
    const device: Principal = {
      kind: 'device',
      id: 'device',
      programme: 'shenzhen',
      roles: [held('citizen')],
      scopes: ['*'],
    }
    expect(permit(device, 'order.list')).toMatchObject({ value: { personIds: ['device'] } })
  })

  it('knows its actions, and fails on what nobody declared or somebody declared twice', () => {
    expect([...permit.actions]).toEqual(['offer.list', 'household.list', 'order.list'])
    expect(() => permit(person(), 'order.burn')).toThrow('no such action: order.burn')
    const twice = [
      { action: 'a', roles: {} },
      { action: 'a', roles: {} },
    ]
    expect(() => definePermissions(twice)).toThrow('action declared twice: a')
  })
})

describe('covers', () => {
  const reach = { ...none, areaPaths: ['45/4510'], organisationIds: ['o1'], personIds: ['m1'] }

  it('is true for any party within reach', () => {
    expect(covers(reach, { organisationIds: [null, 'o1'] })).toBe(true)
    expect(covers(reach, { personIds: ['m1'] })).toBe(true)
    expect(covers(reach, { areaPath: '45/4510/451028' })).toBe(true)
    expect(covers({ ...none, everything: true }, {})).toBe(true)
  })

  it('is false for all others', () => {
    expect(covers(reach, {})).toBe(false)
    expect(covers(reach, { organisationIds: ['m1', null], personIds: ['o1'], areaPath: '45/45101' })).toBe(
      false,
    )
    expect(covers(reach, { areaPath: null })).toBe(false)
    expect(covers(none, { organisationIds: [null], areaPath: '' })).toBe(false)
  })
})

describe('roles', () => {
  it('are separated for the three administrators, who and citizens need no organisation', () => {
    expect(roles.filter(isSeparated)).toEqual(['platform_admin', 'security_admin', 'audit_admin'])
    expect(roles.filter(role => !needsOrganisation(role))).toEqual([
      'platform_admin',
      'security_admin',
      'audit_admin',
      'citizen',
    ])
  })

  it('act in the scope of their principal', () => {
    const at = new Date('2026-01-05T01:00:00Z')
    expect(scopeOf(person())).toEqual({ programme: 'shenzhen', actor: 'account' })
    expect(scopeOf(person(), at)).toEqual({ programme: 'shenzhen', actor: 'account', at })
  })
})
