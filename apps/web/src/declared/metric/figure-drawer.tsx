import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../i18n/format.ts'
import { Overlay } from '../overlay.tsx'
import { useWordsOf } from '../words.ts'
import { Facts } from './facts.tsx'
import { useMetrics } from './shapes.ts'
import { Statement } from './statement.tsx'

/** One figure: a period and what it is narrowed to. */
export interface Cell {
  readonly period: string
  /** The months asked for, which may be a part of the period. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Of whose areas and organisations it is told. */
  readonly areas?: 'then' | 'now' | undefined
  /** Log index that the figure followed when it was frozen. */
  readonly upTo?: string | undefined
  readonly label: string
  readonly where: Readonly<Record<string, string>>
}

interface FigureDrawerProps {
  readonly shape: MetricShape
  readonly cell: Cell
  close(): void
}

/** What a figure rests on: fact by fact for those allowed, the published statement for everybody. */
export function FigureDrawer({ shape, cell, close }: FigureDrawerProps) {
  const { t } = useTranslation('metric')
  return (
    <Overlay kind="drawer" title={t('facts', { cell: cell.label })} close={close}>
      {cell.upTo ? (
        <p className="muted">{t('facts.upTo', { index: formatCount(Number(cell.upTo)) })}</p>
      ) : null}
      <Statement shape={shape} cell={cell} />
      {shape.opens ? <Opened shape={shape} cell={cell} /> : null}
    </Overlay>
  )
}

type PartName = 'over' | 'under'

/** A ratio opens into its two parts, one at a time. */
function Opened({ shape, cell }: Omit<FigureDrawerProps, 'close'>) {
  const { t } = useTranslation('metric')
  const metrics = useMetrics()
  const words = useWordsOf(shape.of.length > 0 ? shape.of : [shape.name])
  const [part, setPart] = useState<PartName>('over')
  if (shape.of.length === 0) return <Facts shape={shape} of={shape} cell={cell} part={undefined} />
  const [over = '', under = ''] = shape.of
  const of = metrics.data?.find(({ name }) => name === (part === 'over' ? over : under))
  return (
    <>
      <fieldset className="choices-input part-choice">
        <legend>{t('made.parts')}</legend>
        {(['over', 'under'] as const).map(name => (
          <label key={name} className="chip-choice">
            <input type="radio" name="part" checked={part === name} onChange={() => setPart(name)} />
            {t(`part.${name}`, { metric: words(name === 'over' ? over : under).title })}
          </label>
        ))}
      </fieldset>
      <Facts key={part} shape={shape} of={of ?? shape} cell={cell} part={part} />
    </>
  )
}
