import type { Bulletin } from '@silian/chains/assurance/bulletins/contract.ts'
import { useTranslation } from 'react-i18next'
import { useWordsOf } from '../../declared/words.ts'
import { formatRatio } from '../../i18n/format.ts'
import { GradeHelp } from '../../signing/grade.tsx'
import { wordsRestedOn } from '../../signing/shares.tsx'
import { Section } from '../../ui/page.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { FigureLink } from './bulletin-text.tsx'
import { periodOf } from './figure-search.ts'

type Figures = Bulletin['figures']

/** On whose word each figure of a bulletin rests; one that stands in it several times is told once. */
export function BulletinShares({ figures }: { figures: Figures }) {
  const { t } = useTranslation('signing')
  const said = useWordsOf(figures.map(({ metric }) => metric))
  const rows = shared(figures)
  if (rows.length === 0) return null
  return (
    <Section title={t('shares')} note={t('shares.lead')}>
      <ScrollArea className="list-table" label={t('shares')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('shares.figure')}</th>
              {wordsRestedOn.map(word => (
                <th key={word} scope="col" className="right">
                  {t(word === 'declared' ? 'shares.only' : `grade.${word}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ figure, shares }) => (
              <tr key={figure.key}>
                <th scope="row">
                  <FigureLink figure={figure}>
                    {t('shares.of', { title: said(figure.metric).title, period: periodOf(figure) })}
                  </FigureLink>
                </th>
                {wordsRestedOn.map(word => (
                  <td key={word} className="right number">
                    {formatRatio(shares[word], shares.whole)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      <GradeHelp />
    </Section>
  )
}

/** Those of which something is counted, by what they are of. */
function shared(figures: Figures) {
  const found = figures.flatMap(figure => {
    const { shares } = figure
    return shares && shares.whole > 0 ? [{ figure, shares }] : []
  })
  const place = ({ metric, from, to, where }: Figures[number]) => JSON.stringify([metric, from, to, where])
  return [...new Map(found.map(one => [place(one.figure), one])).values()]
}
