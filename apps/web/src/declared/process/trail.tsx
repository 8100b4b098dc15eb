import type { CaseDetail, ProcessShape } from '@silian/kernel/process/contract.ts'
import { useTranslation } from 'react-i18next'
import { ReceiptsLink } from '../../receipts/link.tsx'
import { Section } from '../../ui/page.tsx'
import { Instant } from '../../ui/values.tsx'
import { FactLink } from '../fact-link.tsx'
import { useWords } from '../words.ts'

/** Every move of a case: who, when, by which word, and the fact it rests on. */
export function CaseTrail({ shape, detail }: { shape: ProcessShape; detail: CaseDetail }) {
  const { t } = useTranslation('process')
  const words = useWords(shape.name)
  return (
    <Section title={t('trail')}>
      <ol className="trail">
        {[...detail.trail].reverse().map(move => (
          <li key={move.no}>
            <p className="trail-what">
              <strong>
                {move.outcome
                  ? words.text(`outcome.${move.outcome}`, move.outcome)
                  : t(move.from === null ? 'trail.opened' : 'trail.moved')}
              </strong>{' '}
              → {words.text(`state.${move.to}`, move.to)}
            </p>
            <p className="trail-how muted">
              {move.byName} <Instant at={move.at} />
              {move.factId ? (
                <>
                  {' · '}
                  <FactLink fact={move.factId} />
                </>
              ) : null}
            </p>
            {move.note ? <p className="said-note">{move.note}</p> : null}
          </li>
        ))}
      </ol>
      <p>
        <ReceiptsLink kind={shape.name} thing={detail.id} />
      </p>
    </Section>
  )
}
