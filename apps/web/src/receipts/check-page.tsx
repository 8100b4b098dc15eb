import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../session/programme.ts'
import { Page, Section } from '../ui/page.tsx'
import { Loading } from '../ui/states.tsx'
import { BadView } from './bad-view.tsx'
import { type Believed, bringsReceipt, type Judged, receiptFrom, receiptIn } from './check.ts'
import { ReportView } from './report-view.tsx'
import { SplitView } from './split-view.tsx'
import { TrustPanel } from './trust-panel.tsx'
import { type Given, useTrust, useVerdicts } from './use-check.ts'
import './receipts.css'

/** Anyone checks receipts here: dropped, chosen, pasted, or brought by a printed square. All of it in this browser. */
export function CheckPage() {
  const { t } = useTranslation('receipts')
  const [given, setGiven] = useState<readonly Given[]>([])
  // whoever comes with a receipt wants its verdict first
  const [isLinked] = useState(() => bringsReceipt(location.hash))
  const { believed, isMissing, setOwn, days, setDays } = useTrust()
  const verdicts = useVerdicts(given, believed, days)
  // the newest two: more cannot be compared
  const take = (more: readonly Given[]) => setGiven(before => [...before, ...more].slice(-2))
  useLinked(take)
  return (
    <Page title={t('check.title')} lead={t('check.lead')}>
      {isLinked ? null : <Bring onGiven={take} />}
      {isMissing ? <p className="notice notice-wait">{t('trust.none')}</p> : null}
      <div aria-live="polite" className="stack">
        {verdicts.isFetching && !verdicts.data ? <Loading lines={6} /> : null}
        {verdicts.data?.split ? (
          <Section title={t('split')}>
            <SplitView result={verdicts.data.split} />
          </Section>
        ) : null}
        {given.length > 0 && believed ? (
          <div className="receipt-two">
            {verdicts.data?.judged.map(({ key, name, verdict }) => (
              <Section key={key} title={name}>
                <VerdictOf verdict={verdict} believed={believed} />
              </Section>
            ))}
          </div>
        ) : null}
      </div>
      {given.length > 0 ? (
        <p className="no-print">
          <button type="button" className="button" onClick={() => setGiven([])}>
            {t('check.clear')}
          </button>
        </p>
      ) : null}
      {isLinked ? <Bring onGiven={take} /> : null}
      <TrustPanel believed={believed} onOwn={setOwn} days={days} onDays={setDays} />
      <Offline />
    </Page>
  )
}

/** The verdict over one receipt. */
export function VerdictOf({ verdict, believed }: { verdict: Judged; believed: Believed }) {
  const programme = useProgrammeId()
  if (!verdict.ok) return <BadView judged={verdict} believed={believed} />
  return <ReportView report={verdict.report} believed={believed} programme={programme} />
}

/** What the address brings behind its `#`, now and when it changes. */
function useLinked(onGiven: (given: readonly Given[]) => void): void {
  const { t } = useTranslation('receipts')
  const name = t('check.linked')
  const client = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read once, and again when it changes
  useEffect(() => {
    const read = async () => {
      const proof = await receiptIn(location.hash)
      if (proof) onGiven([{ name, proof }])
    }
    void read()
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [client])
}

function Bring({ onGiven }: { onGiven: (given: readonly Given[]) => void }) {
  const { t } = useTranslation('receipts')
  const [isOver, setOver] = useState(false)
  const [pasted, setPasted] = useState('')
  const file = useId()
  const text = useId()
  const read = async (files: Iterable<File>) =>
    onGiven(
      await Promise.all(
        [...files].map(async one => ({ name: one.name, proof: new Uint8Array(await one.arrayBuffer()) })),
      ),
    )
  const paste = async () => {
    onGiven([{ name: t('check.pasted'), proof: await receiptFrom(pasted) }])
    setPasted('')
  }
  return (
    <section
      className={`receipt-drop no-print${isOver ? ' receipt-drop-over' : ''}`}
      aria-label={t('check.bring')}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        void read(event.dataTransfer.files)
      }}
    >
      <div className="field">
        <label htmlFor={file}>{t('check.file')}</label>
        <input
          id={file}
          type="file"
          multiple
          onChange={event => {
            void read(event.target.files ?? [])
            event.target.value = ''
          }}
        />
        <p className="field-hint">{t('check.file.hint')}</p>
      </div>
      <div className="field">
        <label htmlFor={text}>{t('check.paste')}</label>
        <textarea
          id={text}
          rows={3}
          value={pasted}
          onChange={event => setPasted(event.target.value)}
          spellCheck={false}
        />
      </div>
      <button
        type="button"
        className="button button-main"
        disabled={pasted.trim() === ''}
        onClick={() => void paste()}
      >
        {t('check.go')}
      </button>
    </section>
  )
}

/** How to do the same without this page: it came from the server under test. */
function Offline() {
  const { t } = useTranslation('receipts')
  return (
    <section className="no-print">
      <p className="muted">{t('offline')}</p>
      <pre className="command">{`npm run silian -- verify proof ${t('offline.file')}.tlog-proof --policy ${t('offline.policy')}`}</pre>
    </section>
  )
}
