import type { Receipts } from '@silian/kernel/log/receipt-contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PrintButton } from '../desk/print-button.tsx'
import { formatCount, formatInstant } from '../i18n/format.ts'
import { useProgrammeId } from '../session/programme.ts'
import { LateBadge } from '../signing/late.tsx'
import { LoadedPage, Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Instant } from '../ui/values.tsx'
import { Paper } from './paper.tsx'
import { receiptsQuery } from './query.ts'
import { useFactWords } from './use-fact-words.ts'
import './receipts.css'

type Item = Receipts['items'][number]

/** The receipts of an order, a payout, a case or a figure; one of them as a page to be printed. */
export function ReceiptsPage() {
  const { t } = useTranslation('receipts')
  const programme = useProgrammeId()
  const { kind = '', thing = '' } = useParams({ strict: false })
  const { fact } = useSearch({ strict: false }) as { fact?: string }
  const receipts = useQuery(receiptsQuery(programme, kind, thing))
  return (
    <LoadedPage query={receipts} title={t('title')}>
      {found => {
        const chosen = found.items.find(({ factId }) => factId === fact)
        return chosen?.receipt ? <One item={chosen} receipt={chosen.receipt} /> : <All found={found} />
      }}
    </LoadedPage>
  )
}

function One({ item, receipt }: { item: Item; receipt: string }) {
  const { t } = useTranslation('receipts')
  const words = useFactWords()
  return (
    <Page
      key={item.factId}
      title={t('title.one', { fact: words(item.type) })}
      lead={<Instant at={item.at} />}
      actions={
        <>
          <Back />
          <Download item={item} receipt={receipt} />
          <PrintButton />
        </>
      }
    >
      <Paper name={item.name} receipt={receipt} />
    </Page>
  )
}

function Back() {
  const { t } = useTranslation('receipts')
  const programme = useProgrammeId()
  const { kind = '', thing = '' } = useParams({ strict: false })
  return (
    <Link
      className="button"
      to="/p/$programme/receipts/$kind/$thing"
      params={{ programme, kind, thing }}
      search={{}}
    >
      {t('back')}
    </Link>
  )
}

function All({ found }: { found: Receipts }) {
  const { t } = useTranslation('receipts')
  const { items, log } = found
  return (
    <Page title={t('title')} lead={t('lead')}>
      {items.length === 0 ? (
        <Empty title={t('empty')} />
      ) : (
        <ol className="receipt-list">
          {items.map(item => (
            <Line key={item.factId} item={item} />
          ))}
        </ol>
      )}
      {log ? (
        <p className="muted">
          {t('log', { size: formatCount(log.size), at: formatInstant(log.signedAt) })}{' '}
          {log.witnessedSize === null
            ? t('log.alone')
            : t('log.witnessed', {
                size: formatCount(log.witnessedSize),
                at: log.witnessedAt === null ? '—' : formatInstant(log.witnessedAt),
              })}
        </p>
      ) : null}
    </Page>
  )
}

function Line({ item }: { item: Item }) {
  const { t } = useTranslation('receipts')
  const words = useFactWords()
  const programme = useProgrammeId()
  const { kind = '', thing = '' } = useParams({ strict: false })
  return (
    <li className="card receipt-line">
      <div>
        <p>
          <strong>{words(item.type)}</strong> <Instant at={item.at} /> <LateBadge fact={item} />
        </p>
        <p className="muted">
          {t(`signed.${item.signedBy}`)} ·{' '}
          {item.logIndex === null ? t('waiting') : t('index', { index: formatCount(item.logIndex) })}
        </p>
      </div>
      {item.receipt ? (
        <p className="receipt-acts">
          <Link
            className="button button-small"
            to="/p/$programme/receipts/$kind/$thing"
            params={{ programme, kind, thing }}
            search={{ fact: item.factId }}
          >
            {t('view')}
          </Link>
          <Download item={item} receipt={item.receipt} />
        </p>
      ) : (
        <p role="status">
          <span className="badge badge-wait">{t(`state.${item.state}`)}</span>
        </p>
      )}
    </li>
  )
}

/** The file itself, made of what is already here. */
function Download({ item, receipt }: { item: Item; receipt: string }) {
  const { t } = useTranslation('receipts')
  const words = useFactWords()
  return (
    <a
      className="button button-small"
      href={`data:text/plain;charset=utf-8,${encodeURIComponent(receipt)}`}
      download={item.name}
      aria-label={t('download.of', { fact: words(item.type) })}
    >
      {t('download')}
    </a>
  )
}
