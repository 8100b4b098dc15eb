import type { Bulletin } from '@silian/chains/assurance/bulletins/contract.ts'
import { useMetrics } from '../../declared/metric/shapes.ts'
import type { Telling } from '../../declared/metric/texts.ts'

type Figure = Bulletin['figures'][number]

/** The definition of a figure's metric, for readers that may open it. */
export const useShapeOf = ({ metric }: Pick<Figure, 'metric'>) =>
  useMetrics().data?.find(({ name }) => name === metric)

/** How a figure is told; of a metric that the reader may not open, by what the bulletin says of it. */
export function useTelling(figure: Figure): Telling {
  const shape = useShapeOf(figure)
  const { metric: name, unit } = figure
  const percent = unit === 'percent'
  return (
    shape ?? { name, unit, kind: percent ? 'ratio' : 'flow', whole: percent ? 10_000 : 1, guarded: false }
  )
}
