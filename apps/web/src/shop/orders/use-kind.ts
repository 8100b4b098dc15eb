import { useQuery } from '@tanstack/react-query'
import { classesOf } from '../queries.ts'
import { useProgramme } from '../ui/go.tsx'

/** The class that goods are drawn as, of which an order knows the name alone: the longest class name within it. */
export function useKindOf(nameZh: string): string {
  const { data = [] } = useQuery(classesOf(useProgramme()))
  const within = data.filter(one => [one.nameZh, ...one.synonyms].some(word => nameZh.includes(word)))
  return within.toSorted((a, b) => b.nameZh.length - a.nameZh.length)[0]?.path ?? ''
}
