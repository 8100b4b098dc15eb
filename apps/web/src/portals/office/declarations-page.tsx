import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { Button, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskTable } from '../../desk/table.tsx'
import { formatRatio } from '../../i18n/format.ts'
import { useDeclarations } from '../../quota/declarations.ts'
import { Page, Section } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'
import { DecisionDialog } from './decision-dialog.tsx'

/** Declarations of the office's area: those that wait for its word first, then how all of them stand. */
export function DeclarationsPage() {
  const { t } = useTranslation(['office', 'quota'])
  const declarations = useDeclarations()
  return (
    <Page title={t('declarations')} lead={t('declarations.lead')}>
      <Loaded query={declarations} lines={8}>
        {list => {
          const waiting = list.filter(({ state }) => state === 'declared')
          const decided = list.filter(({ state }) => state !== 'declared')
          return (
            <>
              <Section title={t('declarations.waiting')}>
                {waiting.length === 0 ? (
                  <Empty title={t('declarations.none')} />
                ) : (
                  <Declarations list={waiting} label={t('declarations.waiting')} />
                )}
              </Section>
              {decided.length === 0 ? null : (
                <Section title={t('declarations.decided')}>
                  <Declarations list={decided} label={t('declarations.decided')} />
                </Section>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Declarations({ list, label }: { list: readonly Declaration[]; label: string }) {
  const { t } = useTranslation(['office', 'quota'])
  const [asked, setAsked] = useState<Declaration>()
  const columns = useColumns(setAsked)
  return (
    <>
      <DeskTable label={label} columns={columns} rows={list} rowKey={({ id }) => id} />
      {asked ? <DecisionDialog declaration={asked} close={() => setAsked(undefined)} /> : null}
      <p className="visually-hidden">{t('declarations.count', { count: list.length })}</p>
    </>
  )
}

function useColumns(ask: (declaration: Declaration) => void): TableColumnsType<Declaration> {
  const { t } = useTranslation(['office', 'quota'])
  const money = (
    title: string,
    fen: (row: Declaration) => number,
  ): TableColumnsType<Declaration>[number] => ({
    title,
    key: title,
    align: 'right',
    render: (_, row) => <Money fen={fen(row)} />,
  })
  return [
    { title: t('unit'), key: 'unit', render: (_, row) => row.unitName },
    { title: t('year'), dataIndex: 'year', key: 'year' },
    { title: t('kind'), key: 'kind', render: (_, row) => t(`kind.${row.kind}`, { ns: 'quota' }) },
    money(t('base', { ns: 'quota' }), row => row.baseFen),
    money(t('declared', { ns: 'quota' }), row => row.reservedFen),
    { title: t('shareOf'), key: 'share', render: (_, row) => formatRatio(row.ratioBp, 10_000) },
    money(t('completed', { ns: 'quota' }), row => row.completedFen),
    {
      title: t('state'),
      key: 'state',
      render: (_, row) =>
        row.state === 'declared' ? (
          <Button type="primary" onClick={() => ask(row)}>
            {t('decide')}
            <span className="visually-hidden"> {row.unitName}</span>
          </Button>
        ) : (
          <span className={`badge ${row.state === 'returned' ? 'badge-bad' : ''}`}>
            {t(`state.${row.state}`, { ns: 'quota' })}
          </span>
        ),
    },
  ]
}
