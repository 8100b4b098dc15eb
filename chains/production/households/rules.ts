import { identityProblem } from '@silian/kernel/personal/identity-number.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { NewHousehold } from './contract.ts'

export type HouseholdFault = 'household.identity_number' | 'household.same_person_twice'

/** What can be said of a household without looking at others (G12). `member` counts from 1. */
export function checkHousehold(household: NewHousehold): Result<null, HouseholdFault> {
  const seen = new Set<string>()
  for (const [i, member] of household.members.entries()) {
    const problem = identityProblem(member.idNumber)
    if (problem) return refuse('household.identity_number', { code: household.code, member: i + 1, problem })
    if (seen.has(member.idNumber))
      return refuse('household.same_person_twice', { code: household.code, member: i + 1 })
    seen.add(member.idNumber)
  }
  return ok(null)
}
