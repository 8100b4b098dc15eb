import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Section } from '../../ui/page.tsx'
import { unitOf } from '../columns/units.ts'
import { useWords, useWordsOf } from '../words.ts'
import { unitIn } from './query.ts'

/** What the metric means and how it is made, as it is published. */
export function Definition({ shape }: { shape: MetricShape }) {
  const { t } = useTranslation(['metric', 'declared', 'orders'])
  const programme = useProgrammeId()
  const words = useWords(shape.name)
  const others = useWordsOf(shape.of.length > 0 ? shape.of : [shape.name])
  const { label } = unitOf(unitIn(shape))
  return (
    <Section title={t('definition')}>
      <div className="card stack">
        <p>{words.find('definition')}</p>
        <dl className="facts">
          <div>
            <dt>{t('kind')}</dt>
            <dd>{t(`kind.${shape.kind}`)}</dd>
          </div>
          <div>
            <dt>{t('unit')}</dt>
            <dd>{t(`unit.${label}`, { ns: 'declared', defaultValue: label })}</dd>
          </div>
          {shape.facts.length > 0 ? (
            <div>
              <dt>{t('made.of')}</dt>
              <dd>
                {shape.facts
                  .map(fact => t(`fact.${fact}`, { ns: 'orders', defaultValue: fact }))
                  .join(t('list.separator', { ns: 'declared' }))}
              </dd>
            </div>
          ) : null}
          {shape.of.length > 0 ? (
            <div>
              <dt>{t('made.parts')}</dt>
              <dd>
                {shape.of.map(name => (
                  <Link
                    key={name}
                    to="/p/$programme/metrics/$metric"
                    params={{ programme, metric: name }}
                    className="definition-part"
                  >
                    {others(name).title}
                  </Link>
                ))}
              </dd>
            </div>
          ) : null}
        </dl>
        <ul className="definition-notes muted">
          <li>{t('upTo', { index: formatCount(shape.upTo) })}</li>
          {shape.provable ? <li>{t('provable')}</li> : null}
          {shape.guarded ? <li>{t('guarded')}</li> : null}
        </ul>
      </div>
    </Section>
  )
}
