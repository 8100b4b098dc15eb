import type { Bulletin } from '@silian/chains/assurance/bulletins/contract.ts'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMetricTexts } from '../../declared/metric/texts.ts'
import { useWords } from '../../declared/words.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Section } from '../../ui/page.tsx'
import { figureSearch, periodOf } from './figure-search.ts'
import { useShapeOf, useTelling } from './use-telling.ts'

type Figure = Bulletin['figures'][number]

/** A figure, or a row of it, as the way to what it is made of. */
export function FigureLink({
  figure,
  dims,
  children,
}: {
  figure: Figure
  dims?: readonly string[]
  children: ReactNode
}) {
  const programme = useProgrammeId()
  const { title } = useWords(figure.metric)
  const shape = useShapeOf(figure)
  // a metric that is not for everybody has its definition here, and no page
  if (!shape)
    return (
      <a href={`#${definitionId(figure.metric)}`} className="figure-link number" title={title}>
        {children}
      </a>
    )
  return (
    <Link
      to="/p/$programme/metrics/$metric"
      params={{ programme, metric: figure.metric }}
      search={figureSearch(figure, dims)}
      className="figure-link number"
      title={title}
      data-figure={figure.key}
    >
      {children}
    </Link>
  )
}

/** Where a metric's definition stands on the page. */
export const definitionId = (metric: string): string => `metric-${metric}`

const PLACE = /\{\{([^{}]*)\}\}/

/** The official words, which are Chinese, with every figure in its place. */
export function Paragraphs({ text, figures }: { text: string; figures: readonly Figure[] }) {
  const shown = new Map(figures.map(figure => [figure.key, figure]))
  return text
    .split(/\n+/)
    .filter(Boolean)
    .map(paragraph => (
      <p key={paragraph} lang="zh-CN" className="bulletin-text">
        {paragraph.split(PLACE).map((part, at) => {
          const figure = at % 2 === 1 ? shown.get(part) : undefined
          const place = `${at} ${part}`
          if (!figure) return <Fragment key={place}>{part}</Fragment>
          return (
            <FigureLink key={place} figure={figure}>
              {figure.shown}
            </FigureLink>
          )
        })}
      </p>
    ))
}

/** The figures that stand in the words, by their names in the reader's language. */
export function FigureList({ bulletin: { sections, figures } }: { bulletin: Bulletin }) {
  const { t } = useTranslation('bulletins')
  const placed = figures.filter(({ key }) => sections.some(({ text }) => text.includes(`{{${key}}}`)))
  if (placed.length === 0) return null
  return (
    <Section title={t('figures')} note={t('figures.note')}>
      <dl className="facts card">
        {placed.map(figure => (
          <FigureLine key={figure.key} figure={figure} />
        ))}
      </dl>
    </Section>
  )
}

function FigureLine({ figure }: { figure: Figure }) {
  const words = useWords(figure.metric)
  const texts = useMetricTexts(useTelling(figure))
  return (
    <div>
      <dt>
        {words.title}, <span className="number">{periodOf(figure)}</span>
      </dt>
      <dd>
        <FigureLink figure={figure}>{texts.value(figure.value)}</FigureLink>
      </dd>
    </div>
  )
}
