import { formatDay } from '../../i18n/format.ts'
import { useDeclarations } from '../../quota/declarations.ts'
import { pacesOf, passedOf } from './pace-of.ts'

/** The quotas the reader may see, by how they keep up with the year. */
export function usePaces() {
  const today = formatDay(new Date().toISOString())
  const declarations = useDeclarations()
  return {
    query: declarations,
    paces: pacesOf(declarations.data ?? [], today),
    passed: passedOf(Number(today.slice(0, 4)), today),
  }
}
