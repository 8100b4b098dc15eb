import type { ParcelSheet } from '@silian/chains/supply/delivery/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { QRCode } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { PrintButton } from '../../desk/print-button.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Page } from '../../ui/page.tsx'
import { Empty, Loading, ProblemNotice } from '../../ui/states.tsx'
import { useGoodsNames } from '../shop/use-names.ts'
import '../../orders/orders.css'

/** Waybills and packing lists, a sheet each. Addresses stand there whole; that somebody looked is recorded. */
export function WaybillsPage() {
  const { t } = useTranslation('delivery')
  const programme = useProgrammeId()
  const { parcels = '' } = useSearch({ strict: false }) as { parcels?: string }
  const found = useQuery({
    queryKey: ['sheets', programme, parcels],
    queryFn: ({ signal }) => call('sheets', { params: { programme }, query: { parcels }, signal }),
    enabled: parcels !== '',
    // looked at once, since each look is recorded; again only while a carrier's number is still coming
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data } }) =>
      data?.sheets.some(({ waybill }) => waybill === null) ? 2000 : false,
    refetchOnWindowFocus: false,
  })
  return (
    <Page title={t('waybills')} lead={t('waybills.lead')} actions={<PrintButton />}>
      {parcels === '' ? <Empty title={t('waybills.none')} /> : null}
      {found.isError ? <ProblemNotice error={found.error} retry={found.refetch} /> : null}
      {found.isLoading ? <Loading /> : null}
      {found.data?.sheets.map(sheet => (
        <Sheet key={sheet.id} sheet={sheet} />
      ))}
    </Page>
  )
}

function Sheet({ sheet }: { sheet: ParcelSheet }) {
  const { t } = useTranslation('delivery')
  const { nameOf, besideOf } = useGoodsNames()
  const { to } = sheet
  return (
    <section className="card packing-sheet">
      <h2>
        {sheet.carrierName} {sheet.waybill ?? t('waybill.coming')}
      </h2>
      <div className="waybill-head">
        <dl className="facts">
          <div>
            <dt>{t('to')}</dt>
            <dd>
              {to.name} {to.phone}
              <br />
              {to.area}
              {to.address}
            </dd>
          </div>
          <div>
            <dt>{t('from')}</dt>
            <dd>{sheet.sellerName}</dd>
          </div>
          <div>
            <dt>{t('order')}</dt>
            <dd>{t('parcel.of', { number: sheet.orderNumber, no: sheet.no })}</dd>
          </div>
        </dl>
        {sheet.waybill ? (
          <QRCode type="svg" value={sheet.waybill} size={112} bordered={false} aria-label={sheet.waybill} />
        ) : null}
      </div>
      <ul>
        {sheet.lines.map(line => (
          <li key={line.no}>
            <span className="tick-box" aria-hidden="true" /> {nameOf(line)} {besideOf(line)} ×{line.pieces}
          </li>
        ))}
      </ul>
      {sheet.note ? (
        <p>
          {t('note')}: {sheet.note}
        </p>
      ) : null}
      <p className="sign-line">{t('signed')}</p>
    </section>
  )
}
