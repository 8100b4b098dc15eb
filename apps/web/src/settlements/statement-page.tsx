import type { Settlement } from '@silian/chains/assurance/settlement/contract.ts'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { PrintButton } from '../desk/print-button.tsx'
import { formatCount, formatDay } from '../i18n/format.ts'
import { useBuyerName } from '../orders/use-buyer-name.ts'
import { useLocalName, useProgramme, useProgrammeId } from '../session/programme.ts'
import { usePages } from '../ui/load-more.tsx'
import { Page } from '../ui/page.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Loading, ProblemNotice } from '../ui/states.tsx'
import { Day, Money } from '../ui/values.tsx'
import { DayRange } from './day-range.tsx'
import { daySearch } from './search.ts'

/** A period's settlements on paper: every order and the sums, once all of them are read. */
export function StatementPage() {
  const { t } = useTranslation('settlements')
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const search = daySearch(useSearch({ strict: false }))
  const pages = usePages(['settlements', programme, search, 'all'], (after, signal) =>
    call('settlements', { params: { programme }, query: { ...search, limit: 200, ...after }, signal }),
  )
  const { hasNextPage, isFetching, fetchNextPage } = pages
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const rows = pages.data?.pages.flatMap(page => page.items) ?? []
  const whole = pages.data && !hasNextPage
  return (
    <Page title={t('statement')} lead={t('statement.lead')} actions={whole ? <PrintButton /> : null}>
      <DayRange
        search={search}
        choose={next =>
          void navigate({ to: '/p/$programme/supplier/statement', params: { programme }, search: next })
        }
      />
      {pages.isError ? <ProblemNotice error={pages.error} retry={pages.refetch} /> : null}
      {whole ? (
        rows.length === 0 ? (
          <Empty title={t('none')} />
        ) : (
          <Paper rows={rows} />
        )
      ) : (
        <Loading lines={8} />
      )}
    </Page>
  )
}

const sum = (rows: readonly Settlement[], of: 'totalFen' | 'householdsFen' | 'cooperativeFen'): number =>
  rows.reduce((total, row) => total + row[of], 0)

function Paper({ rows }: { rows: readonly Settlement[] }) {
  const { t } = useTranslation('settlements')
  const name = useLocalName()
  const programme = useProgramme()
  const buyer = useBuyerName()
  const last = rows.at(-1)!
  return (
    <div className="card paper">
      <div className="paper-head">
        <p>
          {rows[0]!.sellerName}
          <span className="line-spec">{programme ? name(programme) : ''}</span>
        </p>
        <p>
          {t('statement.period')} <Day at={last.settledAt} /> – <Day at={rows[0]!.settledAt} />
          <span className="line-spec">
            {t('statement.made')} {formatDay(new Date().toISOString())}
          </span>
        </p>
      </div>
      <ScrollArea className="" label={t('statement')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('order')}</th>
              <th scope="col">{t('buyer')}</th>
              <th scope="col">{t('settledAt')}</th>
              <th scope="col" className="right">
                {t('totalFen')}
              </th>
              <th scope="col" className="right">
                {t('householdsFen')}
              </th>
              <th scope="col" className="right">
                {t('cooperativeFen')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.orderId}>
                <th scope="row" className="number">
                  {row.orderNumber}
                </th>
                <td>{buyer(row.buyerName)}</td>
                <td>
                  <Day at={row.settledAt} />
                </td>
                <td className="right">
                  <Money fen={row.totalFen} />
                </td>
                <td className="right">
                  <Money fen={row.householdsFen} />
                </td>
                <td className="right">
                  <Money fen={row.cooperativeFen} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {t('statement.sum', { count: rows.length, orders: formatCount(rows.length) })}
              </th>
              <td className="right">
                <Money fen={sum(rows, 'totalFen')} />
              </td>
              <td className="right">
                <Money fen={sum(rows, 'householdsFen')} />
              </td>
              <td className="right">
                <Money fen={sum(rows, 'cooperativeFen')} />
              </td>
            </tr>
          </tfoot>
        </table>
      </ScrollArea>
    </div>
  )
}
