import type { Totals } from '@silian/server/platform/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { FactLink } from '../../declared/fact-link.tsx'
import { formatCount } from '../../i18n/format.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { Section } from '../../ui/page.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'

type Group = Totals['groups'][number]

/** What the programmes have stated of a month, added up; nothing where there is but one. */
export function AllProgrammes({ metric, month }: { metric: string; month: string }) {
  const { t } = useTranslation('figures')
  const totals = useQuery({
    queryKey: ['totals', metric, month],
    queryFn: ({ signal }) => call('totals', { query: { metric, month }, signal }),
  })
  return (
    <Loaded query={totals}>
      {({ groups }) =>
        groups
          .filter(({ programmes }) => programmes.length > 1)
          .map(group => (
            <Section
              key={String(group.demo)}
              title={t(group.demo ? 'total.demo' : 'total', { month })}
              note={t('total.note')}
            >
              <GroupTable group={group} month={month} />
              {group.programmes.some(({ stated }) => stated?.plusRoot) ? (
                <>
                  <p className="muted">{t('total.command')}</p>
                  <pre className="command">{commandsOf(group, month)}</pre>
                </>
              ) : null}
            </Section>
          ))
      }
    </Loaded>
  )
}

function GroupTable({ group, month }: { group: Group; month: string }) {
  const { t, i18n } = useTranslation('figures')
  const english = languageOf(i18n) === 'en'
  return (
    <ScrollArea className="cited" label={t('total', { month })}>
      <table className="table table-rows">
        <thead>
          <tr>
            <th scope="col">{t('total.programme')}</th>
            <th scope="col" className="right">
              {t('sum')}
            </th>
            <th scope="col" className="right">
              {t('count')}
            </th>
            <th scope="col">{t('total.place')}</th>
            <th scope="col">{t('total.root')}</th>
          </tr>
        </thead>
        <tbody>
          {group.programmes.map(({ id, nameZh, nameEn, stated }) => (
            <tr key={id}>
              <th scope="row">
                <Link to="/p/$programme/open/figures" params={{ programme: id }} search={{ month }}>
                  {english ? nameEn : nameZh}
                </Link>
              </th>
              <td className="right" data-label={t('sum')}>
                {stated ? <Money fen={Number(stated.total)} /> : t('total.none')}
              </td>
              <td className="right number" data-label={stated ? t('count') : undefined}>
                {stated ? formatCount(stated.count) : ''}
              </td>
              <td data-label={stated ? t('total.place') : undefined}>
                {stated ? <FactLink fact={stated.factId} index={stated.logIndex} programme={id} /> : ''}
              </td>
              <td data-label={stated ? t('total.root') : undefined}>
                <code>{stated?.plusRoot ?? ''}</code>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('all')}</th>
            <td className="right" data-label={t('sum')}>
              <Money fen={Number(group.total)} />
            </td>
            <td className="right number" data-label={t('count')}>
              {formatCount(group.count)}
            </td>
            <td colSpan={2} />
          </tr>
        </tfoot>
      </table>
    </ScrollArea>
  )
}

/** What a reader runs elsewhere, once for each version that was published; the logs' keys come from their own policy. */
function commandsOf({ programmes }: Group, month: string): string {
  const published = programmes.flatMap(({ id, stated }) => (stated?.plusRoot ? [{ id, ...stated }] : []))
  const metrics = [...new Set(published.map(({ metric }) => metric))]
  return metrics
    .map(metric => {
      const parts = published.filter(part => part.metric === metric)
      const logs = parts.map(({ id }) => `${location.origin}/log/${id}`).join(' ')
      const sum = parts.reduce((all, { total }) => all + BigInt(total), 0n)
      return `npm run silian -- verify total ${logs} --metric ${metric} --month ${month} --sum ${sum} --policy policy`
    })
    .join('\n')
}
