import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useQueries } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { PrintButton } from '../desk/print-button.tsx'
import { formatCount } from '../i18n/format.ts'
import { languageOf } from '../i18n/i18n.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Loading, ProblemNotice } from '../ui/states.tsx'
import { Day } from '../ui/values.tsx'
import './orders.css'

/** What goes into each parcel, to be printed and laid beside the goods: one order a sheet. */
export function PackingPage() {
  const { t } = useTranslation('orders')
  const programme = useProgrammeId()
  const { orders: text = '' } = useSearch({ strict: false }) as { orders?: string }
  const ids = text.split(',').filter(Boolean).slice(0, 100)
  const found = useQueries({
    queries: ids.map(id => ({
      queryKey: ['order', programme, id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call('order', { params: { programme, order: id }, signal }),
    })),
  })
  const failed = found.find(({ isError }) => isError)
  return (
    <Page title={t('packing')} lead={t('packing.lead')} actions={<PrintButton />}>
      {ids.length === 0 ? <Empty title={t('packing.none')} /> : null}
      {failed ? <ProblemNotice error={failed.error} retry={failed.refetch} /> : null}
      {found.map(({ data }, at) => (data ? <Sheet key={ids[at]} order={data} /> : <Loading key={ids[at]} />))}
    </Page>
  )
}

function Sheet({ order }: { order: OrderDetail }) {
  const { t, i18n } = useTranslation('orders')
  const english = languageOf(i18n) === 'en'
  return (
    <section className="card packing-sheet">
      <h2>{t('one', { number: order.number })}</h2>
      <dl className="facts">
        <div>
          <dt>{t('buyer')}</dt>
          <dd>{order.buyerName}</dd>
        </div>
        <div>
          <dt>{t('seller')}</dt>
          <dd>{order.sellerName}</dd>
        </div>
        <div>
          <dt>{t('shipBy')}</dt>
          <dd>
            <Day at={order.shipBy} />
          </dd>
        </div>
      </dl>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('goods')}</th>
            <th scope="col">{t('lot')}</th>
            <th scope="col" className="right">
              {t('pieces')}
            </th>
            <th scope="col">{t('packed')}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map(line => (
            <tr key={line.no}>
              <th scope="row">
                {(english && line.nameEn) || line.nameZh}
                <span className="line-spec">{(english && line.specEn) || line.specZh}</span>
              </th>
              <td>{line.lotCode}</td>
              <td className="right number">{formatCount(line.pieces)}</td>
              <td>
                <span className="tick-box" aria-hidden="true" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {order.note ? (
        <p>
          {t('note')}: {order.note}
        </p>
      ) : null}
      <p className="sign-line">{t('packing.signed')}</p>
    </section>
  )
}
