import type { CaseDetail, ProcessShape } from '@silian/kernel/process/contract.ts'
import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/page.tsx'
import { Instant } from '../../ui/values.tsx'
import { toShown } from '../columns/units.ts'
import { Files } from '../columns/value.tsx'
import { useWords } from '../words.ts'
import { ColumnsView } from './columns-view.tsx'

interface SheetsProps {
  readonly shape: ProcessShape
  readonly detail: CaseDetail
}

/** What those asked filled in, with their points and the points of the case. */
export function Sheets({ shape, detail }: SheetsProps) {
  const { t } = useTranslation('process')
  const words = useWords(shape.name)
  const scores = Object.entries(detail.scores)
  if (detail.sheets.length === 0 && scores.length === 0) return null
  const formOf = (state: string) => shape.states.find(({ name }) => name === state)?.form ?? []
  return (
    <Section title={t('sheets')}>
      {scores.length > 0 ? (
        <dl className="facts card">
          {scores.map(([state, score]) => (
            <div key={state}>
              <dt>{words.find(`score.${state}`) ?? words.text(`state.${state}`, state)}</dt>
              <dd className="number">{t('points', { points: toShown(score, 'hundredth') })}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {detail.sheets.map(sheet => (
        <details
          key={`${sheet.state} ${sheet.seat} ${sheet.at}`}
          className="card sheet"
          open={detail.sheets.length < 4}
        >
          <summary>
            <strong>{words.text(`state.${sheet.state}`, sheet.state)}</strong>
            {sheet.seat > 0 ? ` · ${t('seat', { seat: sheet.seat })}` : null}
            {' · '}
            {words.text(`outcome.${sheet.outcome}`, sheet.outcome)}
            {sheet.score === null ? null : ` · ${t('points', { points: toShown(sheet.score, 'hundredth') })}`}
          </summary>
          <p className="muted">
            {sheet.byName} <Instant at={sheet.at} />
          </p>
          <ColumnsView
            columns={formOf(sheet.state)}
            values={sheet.form}
            context={{ words, names: detail.names, within: sheet.state }}
          />
          {sheet.note ? <p className="said-note">{sheet.note}</p> : null}
          {sheet.files.length > 0 ? <Files ids={sheet.files} /> : null}
        </details>
      ))}
    </Section>
  )
}
