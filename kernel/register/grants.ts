import type { Grant } from '../access/permit.ts'
import { roles } from '../access/roles.ts'
import { deeds, type Register } from './define.ts'

/** What the declarations permit, as lines of the one table: `<register>.<deed>`, and what every reader may do. */
export const registerGrants = (registers: readonly Register[]): Grant[] => [
  { action: 'register.list', roles: { public: 'programme' } },
  { action: 'view.keep', roles: Object.fromEntries(roles.map(role => [role, 'own' as const])) },
  ...registers.flatMap(deedGrants),
]

/** Of the deeds that anybody may do. */
export const deedGrants = ({ name, permit }: Register): Grant[] =>
  deeds.flatMap(deed => {
    const may = permit[deed]
    return may && Object.keys(may).length > 0 ? [{ action: `${name}.${deed}`, roles: may }] : []
  })
