import type { Role } from '@silian/kernel/access/roles.ts'
import { formatDay } from '../../i18n/format.ts'
import { useDeclarations } from '../../quota/declarations.ts'
import { useMember } from '../../session/me.ts'
import { hasRole } from '../../session/roles.ts'
import { pacesOf, passedOf } from './pace-of.ts'

const readers: readonly Role[] = ['finance_officer', 'district_officer', 'task_force', 'auditor']

/** The quotas the reader may see, by how they keep up with the year. */
export function usePaces() {
  const today = formatDay(new Date().toISOString())
  const mayRead = hasRole(useMember(), ...readers)
  const declarations = useDeclarations(mayRead)
  return {
    mayRead,
    query: declarations,
    paces: pacesOf(declarations.data ?? [], today),
    passed: passedOf(Number(today.slice(0, 4)), today),
  }
}
