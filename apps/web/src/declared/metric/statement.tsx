import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { Loaded } from '../../ui/states.tsx'
import { FactLink } from '../fact-link.tsx'
import { useWordsOf } from '../words.ts'
import type { Cell } from './figure-drawer.tsx'
import { monthsOf } from './months.ts'
import { useValues } from './values.ts'

interface StatementProps {
  readonly shape: MetricShape
  readonly cell: Cell
}

/** What was published of a figure, month by month, and the way to check it oneself. */
export function Statement({ shape, cell }: StatementProps) {
  const { t } = useTranslation('metric')
  if (shape.of.length > 0) return <Parts shape={shape} cell={cell} />
  if (!shape.provable) return <p className="muted">{t('statement.unprovable')}</p>
  return <Published shape={shape} cell={cell} />
}

const within = ({ period, from, to }: Cell): { from: string; to: string } => {
  const whole = monthsOf(period)
  return { from: from && from > whole.from ? from : whole.from, to: to && to < whole.to ? to : whole.to }
}

function Published({ shape, cell }: StatementProps) {
  const { t } = useTranslation('metric')
  const programme = useProgrammeId()
  const { from, to } = within(cell)
  const values = useValues(shape.name, { from, to, by: [] })
  return (
    <Loaded query={values} lines={2}>
      {({ rows }) => {
        const closed = rows.flatMap(({ period, factId }) => (factId === null ? [] : [{ period, factId }]))
        if (closed.length === 0) return <p className="muted">{t('statement.open')}</p>
        return (
          <section className="card stack-small" aria-label={t('statement')}>
            <h3>{t('statement')}</h3>
            <ul className="statement">
              {closed.map(({ period, factId }) => (
                <li key={period}>
                  <span className="number">{period}</span> <FactLink fact={factId} />
                </li>
              ))}
            </ul>
            <p>
              <Link
                to="/p/$programme/open/figures"
                params={{ programme }}
                search={{ month: closed.at(-1)!.period }}
              >
                {t('statement.check')}
              </Link>
            </p>
          </section>
        )
      }}
    </Loaded>
  )
}

/** A ratio is published by its parts. */
function Parts({ shape, cell }: StatementProps) {
  const { t } = useTranslation('metric')
  const programme = useProgrammeId()
  const words = useWordsOf(shape.of)
  const { from, to } = within(cell)
  return (
    <p>
      {t('statement.parts')}{' '}
      {shape.of.map(name => (
        <Link
          key={name}
          to="/p/$programme/metrics/$metric"
          params={{ programme, metric: name }}
          search={{ ...cell.where, from, to, by: '-', period: cell.period }}
          className="definition-part"
        >
          {words(name).title}
        </Link>
      ))}
    </p>
  )
}
