import type { Figure } from '@silian/chains/assurance/figures/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../i18n/format.ts'
import { useLocalName } from '../session/programme.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Money } from '../ui/values.tsx'

/** A month's figure cell by cell, with its total. */
export function MonthTable({ figure }: { figure: Figure }) {
  const { t } = useTranslation('figures')
  const name = useLocalName()
  // figures of before do not tell it
  const tellsChannel = figure.rows.some(({ channel }) => channel !== null)
  return (
    <ScrollArea className="card" label={t('month.table', { month: figure.period })}>
      <table className="table table-close">
        <thead>
          <tr>
            <th scope="col">{t('county')}</th>
            <th scope="col">{t('buyerKind')}</th>
            {tellsChannel ? <th scope="col">{t('channel')}</th> : null}
            <th scope="col" className="right">
              {t('count')}
            </th>
            <th scope="col" className="right">
              {t('sum')}
            </th>
          </tr>
        </thead>
        <tbody>
          {figure.rows.map(row => (
            <tr key={`${row.countyCode} ${row.buyerKind} ${row.channel}`}>
              <th scope="row">{name({ nameZh: row.countyName, nameEn: row.countyNameEn })}</th>
              <td>{t(`buyer.${row.buyerKind}`, row.buyerKind)}</td>
              {tellsChannel ? <td>{t(`channel.${row.channel}`)}</td> : null}
              <td className="right number">{formatCount(row.count)}</td>
              <td className="right">
                <Money fen={row.fen} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={tellsChannel ? 3 : 2}>
              {t('all')}
            </th>
            <td className="right number">{formatCount(figure.count)}</td>
            <td className="right">
              <Money fen={figure.totalFen} />
            </td>
          </tr>
        </tfoot>
      </table>
    </ScrollArea>
  )
}
