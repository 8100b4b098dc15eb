import type { Bulletin } from '@silian/chains/assurance/bulletins/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FactLink } from '../../declared/fact-link.tsx'
import { useWordsOf } from '../../declared/words.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Section } from '../../ui/page.tsx'
import { definitionId } from './bulletin-text.tsx'

/** What every figure means, the facts that published it, and the way to check them. */
export function Definitions({ bulletin: { figures, month, contentHash } }: { bulletin: Bulletin }) {
  const { t } = useTranslation('bulletins')
  const programme = useProgrammeId()
  const names = [...new Set(figures.map(({ metric }) => metric))]
  const words = useWordsOf(names)
  const factsOf = (name: string): string[] => [
    ...new Set(figures.filter(({ metric }) => metric === name).flatMap(({ factIds }) => factIds)),
  ]
  return (
    <Section title={t('definitions')} note={t('definitions.note')}>
      <dl className="card bulletin-definitions">
        {names.map(name => (
          <div key={name} id={definitionId(name)}>
            <dt>{words(name).title}</dt>
            <dd>
              {words(name).find('definition')}
              <span className="bulletin-facts">
                {factsOf(name).map(fact => (
                  <FactLink key={fact} fact={fact} />
                ))}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="muted">{t('areas')}</p>
      <p>
        <Link to="/p/$programme/open/figures" params={{ programme }} search={{ month }}>
          {t('check')}
        </Link>
      </p>
      {contentHash ? <p className="muted bulletin-hash">{t('hash', { hash: contentHash })}</p> : null}
    </Section>
  )
}
