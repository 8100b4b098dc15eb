import { OPERATOR } from '../fact/keyring.ts'
import type { Principal } from './principal.ts'

/** Under whose key a principal's word is signed: their organisation's, or the operator's for those without one. */
export const holderOf = (principal: Principal): string =>
  principal.roles.find(held => held.organisationId !== null)?.organisationId ?? OPERATOR
