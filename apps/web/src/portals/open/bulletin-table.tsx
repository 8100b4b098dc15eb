import type { Bulletin } from '@silian/chains/assurance/bulletins/contract.ts'
import { useTranslation } from 'react-i18next'
import { FigureHead } from '../../declared/metric/head.tsx'
import { ALL } from '../../declared/metric/query.ts'
import { useMetricTexts } from '../../declared/metric/texts.ts'
import { useWords } from '../../declared/words.ts'
import { formatCount } from '../../i18n/format.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { FigureLink } from './bulletin-text.tsx'
import { periodOf } from './figure-search.ts'
import { useTelling } from './use-telling.ts'

type Figure = Bulletin['figures'][number]

interface TableProps {
  readonly figure: Figure
  readonly names: Bulletin['names']
}

/** A figure row by row, each a way to what it is made of; as it was when the bulletin was written. */
export function BulletinTable({ figure, names }: TableProps) {
  const { t, i18n } = useTranslation(['metric', 'bulletins'])
  const words = useWords(figure.metric)
  const texts = useMetricTexts(useTelling(figure))
  const english = languageOf(i18n) === 'en'
  const label = t('table', { ns: 'bulletins', title: words.title, period: periodOf(figure) })
  const nameOf = (row: Figure['rows'][number], at: number): string =>
    english ? texts.dim(figure.by[at] ?? '', row.dims[at] ?? '', names) : (row.names[at] ?? '')
  return (
    <ScrollArea className="list-table" label={label}>
      <table className="table">
        <caption>{label}</caption>
        <FigureHead metric={figure.metric} by={figure.by} />
        <tbody>
          {figure.rows.map(row => (
            <tr key={row.dims.join(' ')}>
              {figure.by.map((name, at) =>
                at === 0 ? (
                  <th key={name} scope="row">
                    {nameOf(row, at)}
                  </th>
                ) : (
                  <td key={name}>{nameOf(row, at)}</td>
                ),
              )}
              <td className="right">
                {row.dims.includes(ALL) ? (
                  <span className="number">{texts.value(row.value)}</span>
                ) : (
                  <FigureLink figure={figure} dims={row.dims}>
                    {texts.value(row.value)}
                  </FigureLink>
                )}
              </td>
              <td className="right number">{formatCount(row.count)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={figure.by.length}>
              {t('all')}
            </th>
            <td className="right">
              <FigureLink figure={figure}>{texts.value(figure.value)}</FigureLink>
            </td>
            <td className="right number">{formatCount(figure.count)}</td>
          </tr>
        </tfoot>
      </table>
    </ScrollArea>
  )
}
