import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../i18n/i18n.ts'
import { useProgrammeId } from '../session/programme.ts'
import { metricsQuery } from './metric/shapes.ts'
import { processesQuery } from './process/shapes.ts'
import { registersQuery } from './register/shapes.ts'
import { titleIn } from './titles.ts'

export interface Way {
  readonly name: string
  readonly title: string
}

export interface Ways {
  readonly registers: readonly Way[]
  readonly processes: readonly Way[]
  readonly metrics: readonly Way[]
}

/** Every declared thing that the member may read, by its title. What cannot be fetched is left out: it is only a way in. */
export function useDeclaredWays(): Ways {
  const { t, i18n } = useTranslation()
  const programme = useProgrammeId()
  const registers = useQuery(registersQuery(programme)).data ?? []
  const processes = useQuery(processesQuery(programme)).data ?? []
  const metrics = useQuery(metricsQuery(programme)).data ?? []
  const language = languageOf(i18n)
  const waysOf = (shapes: readonly { name: string }[]): Way[] =>
    shapes.map(({ name }) => ({ name, title: withTerms(titleIn(language, name), t) }))
  return { registers: waysOf(registers), processes: waysOf(processes), metrics: waysOf(metrics) }
}

/** Titles hold words of the vocabulary too: `{{household}}`. */
function withTerms(title: string, t: TFunction): string {
  return title.includes('{{') ? t(title, { defaultValue: title }) : title
}
