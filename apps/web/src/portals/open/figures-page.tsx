import type { Figure } from '@silian/chains/assurance/figures/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { MonthTable } from '../../figures/month-table.tsx'
import { figuresQuery } from '../../figures/query.ts'
import { formatCount, formatFen } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { GradeHelp } from '../../signing/grade.tsx'
import { Shares } from '../../signing/shares.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'
import { AllProgrammes } from './all-programmes.tsx'
import { CheckPanel } from './check-panel.tsx'
import { CitedFigures } from './cited-figures.tsx'
import './open.css'

/** What is published, month by month, what it means, and the way to check it oneself. */
export function FiguresPage() {
  const { t } = useTranslation('figures')
  const programme = useProgrammeId()
  const figures = useQuery(figuresQuery(programme))
  const { month } = useSearch({ strict: false }) as { month?: string }
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Definition />
      <Loaded query={figures} lines={8}>
        {list => {
          const shown =
            list.find(({ period }) => period === month) ?? list.find(({ published }) => published) ?? list[0]
          if (!shown) return <Empty title={t('empty')}>{t('empty.hint')}</Empty>
          return (
            <>
              <Months figures={list} shown={shown} />
              <Month figure={shown} />
              {shown.published ? <AllProgrammes metric={shown.metric} month={shown.period} /> : null}
            </>
          )
        }}
      </Loaded>
      <CitedFigures />
    </Page>
  )
}

function Definition() {
  const { t } = useTranslation('figures')
  return (
    <section className="definition" aria-label={t('definition')}>
      <h2>{t('completed_purchases')}</h2>
      <p>{t('completed_purchases.definition')}</p>
    </section>
  )
}

function Months({ figures, shown }: { figures: readonly Figure[]; shown: Figure }) {
  const { t } = useTranslation('figures')
  const programme = useProgrammeId()
  return (
    <nav aria-label={t('months')}>
      <ol className="months">
        {figures.map(figure => (
          <li key={figure.period}>
            <Link
              to="/p/$programme/open/figures"
              params={{ programme }}
              search={{ month: figure.period }}
              className="month"
              aria-current={figure.period === shown.period ? 'true' : undefined}
              resetScroll={false}
            >
              <span className="number">{figure.period}</span>
              <strong>
                <Money fen={figure.totalFen} />
              </strong>
              <span className={figure.published ? 'badge' : 'badge badge-wait'}>
                {t(figure.published ? 'published' : 'open')}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Month({ figure }: { figure: Figure }) {
  const { t } = useTranslation('figures')
  return (
    <Section title={t('month', { month: figure.period })} note={noteOf()}>
      <MonthTable figure={figure} />
      {figure.shares ? <Shares shares={figure.shares} text={formatFen} /> : null}
      <GradeHelp />
      {figure.published ? <CheckPanel key={figure.period} figure={figure} /> : null}
    </Section>
  )

  function noteOf(): string {
    if (!figure.published) return t('open.note')
    return figure.logIndex === null
      ? t('published.waiting')
      : t('published.note', { index: formatCount(figure.logIndex), upTo: formatCount(figure.upTo) })
  }
}
