import type { MetricShape, MetricValues } from '@silian/kernel/metric/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../i18n/format.ts'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { useWords } from '../words.ts'
import { FigureHead } from './head.tsx'
import { ALL } from './query.ts'
import { useMetricTexts } from './texts.ts'

interface MetricTableProps {
  readonly shape: MetricShape
  readonly values: MetricValues
  /** Opens a cell into what it rests on. */
  open(period: string, dims: readonly string[]): void
}

/** Every value in words and numbers, below the total of each period. */
export function MetricTable({ shape, values, open }: MetricTableProps) {
  const { t } = useTranslation('metric')
  const words = useWords(shape.name)
  const texts = useMetricTexts(shape)
  const spread = shape.kind === 'spread'
  const ratio = shape.kind === 'ratio'
  const periods = new Set(values.rows.map(({ period }) => period))
  // undivided, the rows are the totals; what each year has anew does not add up over years
  const totals =
    values.by.length === 0 || values.by.includes('year')
      ? values.totals.filter(({ period, count }) => count > 0 && !periods.has(period))
      : values.totals.filter(({ period, count }) => count > 0 || periods.has(period))
  return (
    <ScrollArea className="list-table" label={t('table', { metric: words.title })}>
      <table className="table metric-table">
        <FigureHead
          metric={shape.name}
          by={values.by}
          first={t('period')}
          last={spread || ratio ? t(spread ? 'percentiles' : 'parts') : undefined}
        />
        <tbody>
          {totals.map(total => (
            <tr key={total.period} className="total-row">
              <th scope="row" colSpan={1 + values.by.length}>
                {total.period} {t('all')}
              </th>
              <td className="right number">
                <Value
                  text={texts.value(total.value)}
                  label={t('facts.open', { cell: `${total.period} ${t('all')}` })}
                  open={total.value === null ? undefined : () => open(total.period, [])}
                />
              </td>
              <td className="right number">{formatCount(total.count)}</td>
              {spread || ratio ? <td /> : null}
            </tr>
          ))}
          {values.rows.map(row => (
            <tr key={`${row.period} ${row.dims.join(' ')}`}>
              <th scope="row">
                {row.period}
                {row.factId ? <span className="badge">{t('closed')}</span> : null}
              </th>
              {row.dims.map((code, at) => (
                <td key={values.by[at]}>{texts.dim(values.by[at] ?? '', code, values.names)}</td>
              ))}
              <td className="right number">
                <Value
                  text={texts.value(row.value)}
                  label={t('facts.open', {
                    cell: `${row.period} ${texts.dims(values.by, row.dims, values.names)}`,
                  })}
                  open={row.dims.includes(ALL) ? undefined : () => open(row.period, row.dims)}
                />
              </td>
              <td className="right number">{formatCount(row.count)}</td>
              {spread || ratio ? (
                <td className="right number">
                  {(row.percentiles ?? row.parts ?? []).map(formatCount).join(' / ')}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

function Value({ text, label, open }: { text: string; label: string; open: (() => void) | undefined }) {
  if (!open) return text
  return (
    <button
      type="button"
      className="link-button number"
      aria-label={`${text}, ${label}`}
      title={label}
      onClick={open}
    >
      {text}
    </button>
  )
}
