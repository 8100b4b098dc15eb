import type { MetricShares } from '@silian/kernel/metric/contract.ts'
import type { AuditReport } from '@silian/verifier/audit-report.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatCount, formatFen, formatRatio } from '../../i18n/format.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Shares } from '../../signing/shares.tsx'
import type { Proved, Verdict } from './check.ts'

type Bad = Extract<Verdict, { ok: false }>

/** In words: what was shown, what was not, and what to do about the rest. */
export function VerdictView({ verdict }: { verdict: Verdict }) {
  return verdict.ok ? <Good proved={verdict.proved} /> : <Failed problems={verdict.problems} />
}

function Good({ proved }: { proved: Proved }) {
  const { t } = useTranslation('figures')
  const { size, index, extendsFrom, report, origin, keyId, root } = proved
  const number = formatCount
  const shown = [
    t('proved.signed', { origin, size: number(size) }),
    extendsFrom > 0 ? t('proved.extends', { size: number(extendsFrom) }) : t('proved.first'),
    t('proved.included', { index: number(index) }),
    ...(report
      ? [
          t('proved.entries', { size: number(report.size), keys: number(report.keys) }),
          t('proved.recomputed', { count: report.figures.checked, number: number(report.figures.checked) }),
        ]
      : []),
  ]
  const open = [
    t('open.truth'),
    t('open.omission'),
    t('open.key', { keyId }),
    ...(report ? [] : [t('open.sums', { size: number(size) })]),
    ...(report && report.gaps.length > 0
      ? [t('open.gaps', { count: report.gaps.length, number: number(report.gaps.length) })]
      : []),
  ]
  return (
    <div className="verdict">
      <p className="verdict-good">
        <span aria-hidden="true">✓</span> {t(report ? 'verdict.whole' : 'verdict.part')}
      </p>
      <List title={t('verdict.proved')} items={shown} />
      {report ? <Rests report={report} shares={proved.shares} /> : null}
      <List title={t('verdict.notProved')} items={open} />
      <Command />
      <p className="muted verdict-root">
        {t('verdict.root')} <code>{root}</code>
      </p>
    </div>
  )
}

function List({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <>
      <h4>{title}</h4>
      <ul>
        {items.map(item => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  )
}

interface RestsProps {
  readonly report: AuditReport
  readonly shares: MetricShares | undefined
}

/** A log keeps what it is told, so it says who told it: all of it, and what the figure counts. */
function Rests({ report: { own, held, grades }, shares }: RestsProps) {
  const { t } = useTranslation('figures')
  const all = own + held
  const counted = (of: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(of).map(([name, count]) => [name, formatCount(count)]))
  return (
    <>
      <p className="custody">
        {t('custody', {
          ...counted({ own, held }),
          ownShare: formatRatio(own, all),
          heldShare: formatRatio(held, all),
        })}
      </p>
      <p className="custody">{t('grades', counted({ ...grades }))}</p>
      {shares ? <Shares shares={shares} text={formatFen} /> : null}
    </>
  )
}

/** How to do the same without this page: the page itself came from the server under test. */
function Command() {
  const { t } = useTranslation('figures')
  const programme = useProgrammeId()
  return (
    <>
      <p className="muted">{t('command')}</p>
      <pre className="command">{`npm run silian -- verify audit ${location.origin}/log/${programme} --vkey vkey.txt`}</pre>
    </>
  )
}

function Failed({ problems }: Pick<Bad, 'problems'>) {
  const { t, i18n } = useTranslation('figures')
  const texts = useQuery({
    queryKey: ['verifier-messages'],
    queryFn: () => import('@silian/verifier/messages.ts'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const unread = problems.every(({ name }) => name === 'read.failed')
  const changed = problems.some(({ path }) => path === 'seen checkpoint')
  return (
    <div className="verdict">
      <p className={unread ? 'notice notice-wait' : 'notice notice-bad'} role="alert">
        {t(unread ? 'verdict.unread' : changed ? 'verdict.changed' : 'verdict.bad')}
      </p>
      <ul>
        {problems.slice(0, 10).map(problem => (
          <li key={JSON.stringify(problem)}>
            {texts.data?.describe(problem, languageOf(i18n)).trim() ?? problem.name}
          </li>
        ))}
      </ul>
      {unread ? null : <p>{t('verdict.bad.next')}</p>}
    </div>
  )
}
