import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../i18n/i18n.ts'
import { useProgrammeId } from '../session/programme.ts'
import { call } from './call.ts'

export interface ProduceNode {
  readonly path: string
  readonly level: number
  /** Names from the top down to its own. */
  readonly trail: readonly string[]
}

/** The produce tree, each node after its parent, in the language of the page. */
export function useProduceTree(): readonly ProduceNode[] {
  const { i18n } = useTranslation()
  const programme = useProgrammeId()
  const { data = [] } = useQuery({
    queryKey: ['produce-classes', programme],
    queryFn: ({ signal }) => call('produceClasses', { params: { programme }, signal }),
    staleTime: 3_600_000,
  })
  const english = languageOf(i18n) === 'en'
  const names = new Map(data.map(({ path, nameZh, nameEn }) => [path, english ? nameEn : nameZh]))
  return data.map(({ path, level }) => {
    const steps = path.split('/')
    return {
      path,
      level,
      trail: steps.map((step, at) => names.get(steps.slice(0, at + 1).join('/')) ?? step),
    }
  })
}
