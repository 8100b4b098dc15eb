import type { ParcelSheet } from '@silian/chains/supply/delivery/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { QRCode } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { PrintButton } from '../../desk/print-button.tsx'
import { PackedLines, PaperSheet } from '../../orders/paper-sheet.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Facts } from '../../ui/facts.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Loading, ProblemNotice } from '../../ui/states.tsx'

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
  const { to, waybill } = sheet
  const title = (
    <>
      {sheet.carrierName} <span className="number">{waybill ?? t('waybill.coming')}</span>
    </>
  )
  return (
    <PaperSheet title={title} note={sheet.note} signed={t('signed')}>
      <div className="waybill-head">
        <div className="waybill-to">
          <p className="muted">{t('to')}</p>
          <p className="waybill-whom">
            {to.name} <span className="number">{to.phone}</span>
          </p>
          <p>
            {to.area}
            {to.address}
          </p>
        </div>
        {waybill ? (
          <QRCode type="svg" value={waybill} size={112} bordered={false} aria-label={waybill} />
        ) : null}
      </div>
      <Facts
        rows={[
          [t('from'), sheet.sellerName],
          [
            t('order'),
            <span key="order" className="number">
              {t('parcel.of', { number: sheet.orderNumber, no: sheet.no })}
            </span>,
          ],
        ]}
      />
      <PackedLines lines={sheet.lines} from={sheet.from} />
    </PaperSheet>
  )
}
