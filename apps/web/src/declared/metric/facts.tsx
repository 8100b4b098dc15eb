import type { MetricFacts, MetricShape } from '@silian/kernel/metric/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { pageOf, sideOf } from '../../orders/side.ts'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { GradeBadge } from '../../signing/grade.tsx'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Empty } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import type { Names } from '../columns/value-text.ts'
import { FactLink } from '../fact-link.tsx'
import { metricRoutes } from '../routes.ts'
import type { Cell } from './figure-drawer.tsx'
import { sumOf } from './sum-of.ts'
import { useMetricTexts } from './texts.ts'

interface FactsProps {
  /** The metric that is opened, and the one whose facts are told: of a ratio, a part. */
  readonly shape: MetricShape
  readonly of: MetricShape
  readonly cell: Cell
  readonly part: 'over' | 'under' | undefined
}

/** What a figure is made of, fact by fact, each with its entry in the public log; the last page with what they come to. */
export function Facts({ shape, of, cell, part }: FactsProps) {
  const { t } = useTranslation('metric')
  const programme = useProgrammeId()
  const { where, period, from, to, upTo, areas: view } = cell
  const query = { ...where, period, from, to, upTo, view, part, limit: 50 }
  const pages = usePages(['metric', programme, shape.name, 'facts', query], (after, signal) =>
    send(metricRoutes.facts, {
      params: { programme, metric: shape.name },
      query: { ...query, ...after },
      signal,
    }),
  )
  const names: Names = Object.assign(
    {},
    ...(pages.data?.pages ?? []).map(page => (page as { names?: Names }).names),
  )
  return (
    <Paged pages={pages} empty={<Empty title={t('facts.empty')} />}>
      {facts => (
        <FactTable
          shape={of}
          facts={facts}
          names={names}
          label={cell.label}
          sum={pages.hasNextPage ? undefined : sumOf(of, facts)}
        />
      )}
    </Paged>
  )
}

interface FactTableProps {
  readonly shape: MetricShape
  readonly facts: MetricFacts['items']
  readonly names: Names
  readonly label: string
  /** What all facts of the figure come to; undefined while there are more, or where they are not added up. */
  readonly sum: number | undefined
}

function FactTable({ shape, facts, names, label, sum }: FactTableProps) {
  const { t } = useTranslation(['metric', 'orders'])
  const texts = useMetricTexts(shape)
  const by = shape.dimensions.map(({ name }) => name)
  return (
    <ScrollArea className="list-table" label={t('facts', { cell: label })}>
      <table className="table fact-table">
        <thead>
          <tr>
            <th scope="col">{t('facts.type')}</th>
            <th scope="col" className="right">
              {t('facts.value')}
            </th>
            <th scope="col">{t('facts.subject')}</th>
            <th scope="col">{t('facts.log')}</th>
          </tr>
        </thead>
        <tbody>
          {facts.map(fact => (
            <tr key={`${fact.factId} ${fact.dims.join(' ')}`}>
              <th scope="row">
                {t(`fact.${fact.type}`, { ns: 'orders', defaultValue: fact.type })}
                <span className="fact-dims muted">{texts.dims(by, fact.dims, names)}</span>
                {fact.late ? <span className="badge badge-wait">{t('facts.late')}</span> : null}
              </th>
              <td className="right number">{texts.value(fact.value)}</td>
              <td>
                <Subject type={fact.type} subject={fact.subject} />
                <span className="fact-dims muted">
                  <Instant at={fact.at} />
                </span>
              </td>
              <td>
                <FactLink fact={fact.factId} index={fact.logIndex} />
                <span className="fact-dims muted">{t(`facts.${fact.signedBy}`)}</span>
                {fact.rests.map(grade => (
                  <GradeBadge key={grade} grade={grade} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
        {sum === undefined ? null : (
          <tfoot>
            <tr>
              <th scope="row">{t('facts.sum')}</th>
              <td className="right number">{texts.value(sum)}</td>
              <td colSpan={2} />
            </tr>
          </tfoot>
        )}
      </table>
    </ScrollArea>
  )
}

/** Orders have a page; of everything else the fact itself tells. */
function Subject({ type, subject }: { type: string; subject: string }) {
  const { t } = useTranslation('metric')
  const programme = useProgrammeId()
  const side = sideOf(useMember())
  if (!type.startsWith('order.')) return <span className="number">{subject.slice(0, 8)}</span>
  return (
    <Link to={pageOf[side]} params={{ programme, order: subject }}>
      {t('facts.order')}
    </Link>
  )
}
