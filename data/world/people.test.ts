import { describe, expect, it } from 'vitest'
import { areaOf } from './areas.ts'
import { organisationOf, organisationsOfType } from './organisations.ts'
import { demoAccounts, type Role, signingIn, staff, whoIs } from './people.ts'

const everyone = [...demoAccounts, ...staff]

describe('accounts', () => {
  it('are 38 to sign in with and 122 more', () => {
    expect([demoAccounts.length, staff.length]).toEqual([38, 122])
  })

  it('let every seller sign in', () => {
    const clerks = signingIn.filter(({ role }) => role === 'coop_clerk')
    expect(clerks.map(({ organisation }) => organisation).toSorted()).toEqual(
      organisationsOfType('cooperative', 'enterprise')
        .map(({ key }) => key)
        .toSorted(),
    )
  })

  it('have unique short ascii usernames and are marked as a demonstration', () => {
    expect(new Set(everyone.map(({ username }) => username)).size).toBe(everyone.length)
    for (const { username, displayName } of everyone) {
      expect(username).toMatch(/^[a-z]+\.[a-z0-9.-]{2,24}$/)
      expect(displayName).toMatch(/^\p{Script=Han}{2,3}（演示）$/u)
    }
  })

  it('fill every role', () => {
    const roles = new Set<Role>(demoAccounts.map(({ role }) => role))
    expect(roles.size).toBe(22)
  })

  it('separate the three administrators: one account each, none with another role', () => {
    const admins = everyone.filter(({ role }) => role.endsWith('_admin'))
    expect(admins.map(({ role }) => role).toSorted()).toEqual([
      'audit_admin',
      'platform_admin',
      'security_admin',
    ])
    expect(new Set(admins.map(({ displayName }) => displayName)).size).toBe(3)
  })

  it('stand in the area of their organisation', () => {
    for (const { organisation, areaCode, role } of everyone) {
      expect(areaOf(areaCode).code).toBe(areaCode)
      if (organisation === null) expect(role).toBe('citizen')
      else expect(organisationOf(organisation).areaCode).toBe(areaCode)
    }
  })

  it('give every buying organisation its four roles and every seller a clerk', () => {
    for (const { key } of organisationsOfType('budget_unit', 'enterprise_buyer', 'canteen_contractor')) {
      for (const role of ['buyer', 'approver', 'accountant', 'canteen_acceptor'] as const) {
        expect(whoIs(role, key).organisation).toBe(key)
      }
    }
    for (const { key } of organisationsOfType('cooperative', 'enterprise')) {
      expect(whoIs('coop_clerk', key).role).toBe('coop_clerk')
    }
    expect(() => whoIs('buyer', 'platform')).toThrow('nobody is buyer in platform')
  })
})
