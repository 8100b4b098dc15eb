import { ownWord } from '@silian/verifier/grades.ts'
import type { ProofReport } from '@silian/verifier/proof.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { numberText } from '../declared/columns/value-text.ts'
import { titleIn } from '../declared/titles.ts'
import { formatCount, formatDay, formatFen, formatInstant } from '../i18n/format.ts'
import { languageOf } from '../i18n/i18n.ts'
import type { Believed } from './check.ts'
import { counted, openedBy, type Said, saidBy } from './said.ts'
import { useFactWords } from './use-fact-words.ts'
import { type Signer, useSigner } from './use-signer.ts'
import '../portals/open/open.css'

interface ReportProps {
  readonly report: ProofReport
  readonly believed: Believed
  /** Whose key signed is asked of the server, and checked here. */
  readonly programme: string
}

/** In words: what a good receipt proves, by whom it was witnessed, on whose word it rests, and what it does not prove. */
export function ReportView({ report, believed, programme }: ReportProps) {
  const { t } = useTranslation('receipts')
  const words = useFactWords()
  const signer = useSigner(programme, report, believed)
  const { entry } = report
  return (
    <div className="receipt-report">
      <p className="verdict-good">
        <span aria-hidden="true">✓</span>{' '}
        {t('good', { fact: words(entry.type), day: formatInstant(entry.at) })}
      </p>
      <Part title={t('proved')} lines={provedBy()}>
        <Values said={[...saidBy(entry.pub), ...shareSaid()]} title={t('said')} />
        <Values said={openedBy(report)} title={t('opened')} />
      </Part>
      <Part title={t('witnessed')} lines={witnessesOf()} />
      <Part title={t('word')} lines={[wordOf(signer), gradeOf(signer)]} />
      <Part title={t('unproved')} lines={unprovedBy(signer)} />
    </div>
  )

  function provedBy(): string[] {
    const { origin, size, index, former, share } = report
    return [
      t('proved.included', { origin, size: formatCount(size), index: formatCount(index) }),
      t('proved.unchanged'),
      ...(report.openings.length > 0 ? [t('proved.opened')] : []),
      ...(share ? [t('proved.share', { index: formatCount(share.logIndex) })] : []),
      ...(former ? [t('proved.former', { name: entry.log, origin })] : []),
    ]
  }

  function shareSaid(): Said[] {
    const { share } = report
    return share ? counted('share', String(share.amount), entry.pub) : []
  }

  function witnessesOf(): string[] {
    if (report.witnesses.length === 0) return [t('witnessed.none')]
    const seen = report.witnesses.map(({ name, time }) =>
      t('witnessed.by', { name, time: formatInstant(new Date(time * 1000).toISOString()) }),
    )
    const { quorum } = believed.policy
    return [...seen, quorum === undefined ? t('witnessed.unasked') : t('witnessed.quorum', { quorum })]
  }

  function wordOf(found: Signer): string {
    const key = entry.actor
    const kind = t(`word.${entry.by}`, { key })
    if (found.state !== 'proven') return `${kind} ${t(found.state === 'bad' ? 'word.bad' : 'word.unknown')}`
    const { holder, said } = found
    return `${kind} ${said === undefined ? t('word.proven', { name: holder }) : t('word.said', { name: said, holder })}`
  }

  /** On whose word the fact itself is; who bore it out later stands elsewhere in the log. */
  function gradeOf(found: Signer): string {
    const word = ownWord(entry, found.state === 'proven' ? found.as : undefined)
    if (word) return t(found.state === 'proven' ? `word.grade.${word}` : `word.grade.${word}.claimed`)
    const bearsOut = entry.type === 'fact.countersigned' && entry.by === 'own'
    return t(bearsOut ? 'word.grade.countersignature' : 'word.grade.declared')
  }

  function unprovedBy(found: Signer): string[] {
    return [
      t('unproved.truth'),
      t('unproved.omission'),
      ...(entry.by === 'held' ? [t('unproved.held')] : []),
      ...(found.state === 'proven' ? [t('unproved.revoked')] : [t('unproved.signer')]),
      ...(report.witnesses.length === 0 ? [t('unproved.split')] : []),
      ...(believed.from === 'own' ? [] : [t('unproved.policy')]),
      ...(entry.type === 'figure.published' ? [t('unproved.sum')] : []),
    ]
  }
}

interface PartProps {
  readonly title: string
  readonly lines: readonly string[]
  readonly children?: ReactNode
}

function Part({ title, lines, children }: PartProps) {
  return (
    <section className="receipt-part">
      <h3>{title}</h3>
      <ul>
        {lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {children}
    </section>
  )
}

function Values({ said, title }: { said: readonly Said[]; title: string }) {
  const { t, i18n } = useTranslation('receipts')
  const { t: tDeclared } = useTranslation('declared')
  if (said.length === 0) return null
  return (
    <section aria-label={title}>
      <p className="muted">{title}</p>
      <dl className="receipt-values">
        {said.map(one => (
          <div key={`${one.name} ${one.value}`}>
            <dt>{t(`field.${one.name}`)}</dt>
            <dd className={one.kind === 'text' ? undefined : 'number'}>
              {one.kind === 'code' ? <code>{shown(one)}</code> : shown(one)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )

  function shown({ name, kind, value, unit }: Said): string {
    if (name === 'metric') return titleIn(languageOf(i18n), value)
    if (kind === 'fen') return formatFen(Number(value))
    if (kind === 'amount') return numberText({ kind: 'number', unit: unit ?? null }, Number(value), tDeclared)
    if (kind === 'count') return formatCount(Number(value))
    return kind === 'day' && !Number.isNaN(Date.parse(value)) ? formatDay(value) : value
  }
}
