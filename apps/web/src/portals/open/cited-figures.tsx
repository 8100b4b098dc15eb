import type { Cited } from '@silian/chains/assurance/figures/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { grouped } from '../../declared/columns/units.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Section } from '../../ui/page.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Loaded } from '../../ui/states.tsx'

/** Figures of articles: cited with their row, never added to ours and never summed. */
export function CitedFigures() {
  const { t, i18n } = useTranslation('figures')
  const programme = useProgrammeId()
  const english = languageOf(i18n) === 'en'
  const cited = useQuery({
    queryKey: ['cited', programme],
    queryFn: ({ signal }) => call('cited', { params: { programme }, signal }),
    staleTime: 600_000,
  })
  return (
    <Loaded query={cited}>
      {({ figures, ratios }) =>
        figures.length === 0 && ratios.length === 0 ? null : (
          <Section title={t('cited')} note={t('cited.note')}>
            <ScrollArea className="cited" label={t('cited')}>
              <table className="table table-rows">
                <thead>
                  <tr>
                    <th scope="col">{t('cited.what')}</th>
                    <th scope="col" className="right">
                      {t('cited.value')}
                    </th>
                    <th scope="col">{t('cited.asOf')}</th>
                    <th scope="col">{t('cited.row')}</th>
                  </tr>
                </thead>
                <tbody>
                  {figures.map(figure => (
                    <tr key={figure.key}>
                      <th scope="row">
                        <What figure={figure} english={english} />
                      </th>
                      <td className="right number" data-label={t('cited.value')}>
                        {grouped(figure.value)} {figure.unit}
                      </td>
                      <td className="number" data-label={t('cited.asOf')}>
                        {figure.asOf}
                      </td>
                      <td data-label={t('cited.row')}>
                        <span className="badge badge-plain">{t('cited.badge', { row: figure.row })}</span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollArea>
            {ratios.length === 0 ? null : <Ratios ratios={ratios} english={english} />}
          </Section>
        )
      }
    </Loaded>
  )
}

/** The article's words; of a page that was only paraphrased there are none. */
function What({ figure: { quoteZh, labelEn }, english }: { figure: Cited; english: boolean }) {
  const { t } = useTranslation('figures')
  const label = <span lang="en">{labelEn}</span>
  if (quoteZh === '')
    return (
      <>
        {label} <span className="muted">{t('cited.paraphrased')}</span>
      </>
    )
  if (!english) return <q lang="zh-CN">{quoteZh}</q>
  return (
    <>
      {label}
      <q lang="zh-CN" className="line-quote">
        {quoteZh}
      </q>
    </>
  )
}

interface RatiosProps {
  readonly ratios: readonly {
    key: string
    labelZh: string
    labelEn: string
    value: string
    printed: string
    unit: string
  }[]
  readonly english: boolean
}

/** What the cited figures give when divided, beside what the article printed. */
function Ratios({ ratios, english }: RatiosProps) {
  const { t } = useTranslation('figures')
  return (
    <ScrollArea className="cited" label={t('ratios')}>
      <table className="table">
        <caption>{t('ratios')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('cited.what')}</th>
            <th scope="col" className="right">
              {t('ratios.value')}
            </th>
            <th scope="col" className="right">
              {t('ratios.printed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ratios.map(ratio => (
            <tr key={ratio.key}>
              <th scope="row">{english ? ratio.labelEn : ratio.labelZh}</th>
              <td className="right number">
                {grouped(ratio.value)} {ratio.unit}
              </td>
              <td className="right number">{grouped(ratio.printed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
