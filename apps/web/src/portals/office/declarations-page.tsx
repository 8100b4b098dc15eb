import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { Button, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ExportLink } from '../../desk/export-link.tsx'
import { PickField } from '../../desk/fields.tsx'
import { DeskTable } from '../../desk/table.tsx'
import { formatRatio, yearOf } from '../../i18n/format.ts'
import { MissingTable } from '../../quota/missing-table.tsx'
import { Pace } from '../../quota/pace.tsx'
import { YearSums } from '../../quota/year.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'
import { DecisionDialog } from './decision-dialog.tsx'

/** A year's declarations of the office's area: the totals, those that wait for its word, all others, and who is missing. */
export function DeclarationsPage() {
  const { t } = useTranslation(['office', 'quota'])
  const now = yearOf(new Date())
  const [year, setYear] = useState(now)
  return (
    <Page
      title={t('declarations')}
      lead={t('declarations.lead')}
      actions={<ExportLink list="declarations" query={{ year: String(year) }} />}
    >
      <div className="year-pick">
        <PickField
          label={t('year')}
          value={String(year)}
          options={[now + 1, now, now - 1, now - 2].map(one => [String(one), String(one)])}
          pick={chosen => setYear(Number(chosen))}
        />
      </div>
      <YearSums year={year} />
      <Section title={t('declarations.waiting')}>
        <Declarations year={year} state="declared" />
      </Section>
      <Section title={t('declarations.decided')}>
        <Declarations year={year} state="confirmed" />
      </Section>
      <Section title={t('year.missing', { ns: 'quota' })}>
        <MissingTable year={year} />
      </Section>
    </Page>
  )
}

function Declarations({ year, state }: { year: number; state: 'declared' | 'confirmed' }) {
  const { t } = useTranslation('office')
  const programme = useProgrammeId()
  const [asked, setAsked] = useState<Declaration>()
  const columns = useColumns(state, setAsked)
  const label = t(state === 'declared' ? 'declarations.waiting' : 'declarations.decided')
  const pages = usePages(['declarations', programme, year, state], (after, signal) =>
    call('declarations', { params: { programme }, query: { year, state, limit: 50, ...after }, signal }),
  )
  return (
    <Paged
      pages={pages}
      empty={<Empty title={t(state === 'declared' ? 'declarations.none' : 'declarations.none.decided')} />}
    >
      {list => (
        <>
          <DeskTable label={label} columns={columns} rows={list} rowKey={({ id }) => id} />
          {asked ? <DecisionDialog declaration={asked} close={() => setAsked(undefined)} /> : null}
        </>
      )}
    </Paged>
  )
}

/** What was reserved of the base, against the rule's ratio and last year's sum. */
function Check({ row }: { row: Declaration }) {
  const { t } = useTranslation('quota')
  const isLow = row.lastYearFen !== null && row.reservedFen < row.lastYearFen
  return (
    <>
      <span className="number">{formatRatio(row.reservedFen, row.baseFen)}</span>{' '}
      <span className="muted number">{t('check.rule', { ratio: formatRatio(row.ratioBp, 10_000) })}</span>
      {isLow ? <span className="badge badge-wait">{t('check.less')}</span> : null}
    </>
  )
}

function useColumns(
  state: 'declared' | 'confirmed',
  ask: (declaration: Declaration) => void,
): TableColumnsType<Declaration> {
  const { t } = useTranslation(['office', 'quota'])
  const mayDecide = hasRole(useMember(), 'district_officer', 'finance_officer')
  const money = (title: string, fen: (row: Declaration) => number | null) => ({
    title,
    key: title,
    align: 'right' as const,
    render: (_: unknown, row: Declaration) => {
      const sum = fen(row)
      return sum === null ? '—' : <Money fen={sum} />
    },
  })
  const waiting = state === 'declared'
  return [
    {
      title: t('unit'),
      key: 'unit',
      render: (_, row) => (
        <>
          {row.unitName}
          {row.sharing.length > 0 ? (
            <span className="line-spec">
              {t('sharing.count', { ns: 'quota', count: row.sharing.length })}
            </span>
          ) : null}
        </>
      ),
    },
    {
      title: t('kind'),
      key: 'kind',
      render: (_, row) => (
        <>
          {t(`kind.${row.kind}`, { ns: 'quota' })}
          {row.contractorName ? <span className="line-spec">{row.contractorName}</span> : null}
        </>
      ),
    },
    money(t('base', { ns: 'quota' }), row => row.baseFen),
    money(t('declared', { ns: 'quota' }), row => row.reservedFen),
    { title: t('shareOf'), key: 'share', render: (_, row) => <Check row={row} /> },
    ...(waiting
      ? [money(t('lastYear', { ns: 'quota' }), row => row.lastYearFen)]
      : [
          money(t('ordered', { ns: 'quota' }), row => row.orderedFen),
          money(t('completed', { ns: 'quota' }), row => row.completedFen),
          {
            title: t('pace', { ns: 'quota' }),
            key: 'pace',
            render: (_: unknown, row: Declaration) => <Pace declaration={row} />,
          },
        ]),
    ...(waiting && mayDecide
      ? [
          {
            title: t('state'),
            key: 'state',
            render: (_: unknown, row: Declaration) => (
              <Button type="primary" onClick={() => ask(row)}>
                {t('decide')}
                <span className="visually-hidden"> {row.unitName}</span>
              </Button>
            ),
          },
        ]
      : []),
  ]
}
