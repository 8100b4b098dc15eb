import type { Bulletin } from '@silian/chains/assurance/bulletins/contract.ts'
import { cellSearch } from '../../declared/metric/query.ts'
import type { TextSearch } from '../../declared/search.ts'

type Figure = Bulletin['figures'][number]

/** The period that a figure tells: a month, or the whole year up to it. */
export const periodOf = ({ grain, to }: Pick<Figure, 'grain' | 'to'>): string => {
  if (grain === 'month') return to
  const year = to.slice(0, 4)
  return grain === 'year' ? year : `${year}-Q${Math.ceil(Number(to.slice(5)) / 3)}`
}

/** The address at which a metric's page opens exactly this figure, or the row of it with these dimensions. */
export function figureSearch(figure: Figure, dims?: readonly string[]): TextSearch {
  const { by, from, to, grain, level, where, upTo } = figure
  return {
    ...where,
    ...{ from, to, grain, by: by.length > 0 ? by.join(',') : '-' },
    ...(level === null ? {} : { level }),
    // frozen: what came to the log later is not in it
    upTo: String(upTo),
    ...cellSearch(periodOf(figure), dims ?? []),
  }
}
