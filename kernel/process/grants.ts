import type { Grant, ReachName } from '../access/permit.ts'
import { type Role, roles } from '../access/roles.ts'
import type { Process } from './define.ts'
import { partiesOf, type State } from './states.ts'

/** The lines of the permission table that follow from the processes: what each declares, and what all share. */
export const processGrants = (processes: readonly Process[]): Grant[] => [
  { action: 'process.list', roles: { public: 'programme' } },
  ...processes.flatMap(process => [
    { action: `${process.name}.open`, roles: process.open.permit },
    { action: `${process.name}.read`, roles: { ...everybody, ...readersOf(process) } },
    { action: `${process.name}.reveal`, roles: { ...everybody, ...revealersOf(process) } },
  ]),
  { action: 'inbox.read', roles: everybody },
  { action: 'task.decide', roles: everybody },
  { action: 'task.delegate', roles: everybody },
  { action: 'case.object', roles: everybody },
  { action: 'case.withdraw', roles: everybody },
  { action: 'absence.record', roles: everybody },
  { action: 'notification.read', roles: everybody },
  { action: 'publicity.read', roles: { public: 'programme' } },
]

/**
 * Whoever is signed in may ask; what is not theirs is not there. So with the cases of a process, too: whoever stands in
 * for an absent colleague reads what lies with them, in whatever role.
 */
const everybody: Grant['roles'] = Object.fromEntries(roles.map(role => [role, 'own']))

/** Who reads: those named, those whose desk a case may pass, and whoever opens cases their own. */
export function readersOf(process: Process): Partial<Record<Role, readonly ReachName[]>> {
  const reach = new Map<Role, Set<ReachName>>()
  const give = (role: Role, name: ReachName) => reach.set(role, (reach.get(role) ?? new Set()).add(name))
  for (const [role, name] of Object.entries(process.open.permit)) give(role as Role, name)
  for (const [role, name] of Object.entries(process.read)) give(role as Role, name)
  for (const state of allStates(process)) {
    for (const { role, of } of partiesOf(state)) give(role, of)
    if (state.kind === 'panel') give(state.from, 'own')
  }
  return Object.fromEntries([...reach].map(([role, names]) => [role, [...names]]))
}

/** Who may have to speak with the applicant: those on its way, and who applied. Of them only whoever has it now is answered. */
export const revealersOf = (process: Process): Partial<Record<Role, readonly ReachName[]>> => {
  const onTheWay = new Set([
    ...Object.keys(process.open.permit),
    ...allStates(process).flatMap(state =>
      state.kind === 'panel' ? [state.from] : partiesOf(state).map(({ role }) => role),
    ),
  ])
  return Object.fromEntries(Object.entries(readersOf(process)).filter(([role]) => onTheWay.has(role)))
}

const allStates = (process: Process): State[] =>
  [process, ...(process.before ?? [])].flatMap(({ states }) => Object.values(states))
