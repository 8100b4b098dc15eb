import type { Link } from '@silian/chains/production/links/contract.ts'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DeskTable } from '../desk/table.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { Paged, usePages } from '../ui/load-more.tsx'
import { Empty } from '../ui/states.tsx'
import { Day, Money } from '../ui/values.tsx'
import { useTermsText } from './terms.tsx'

/** Links in force or over, with what each has brought its household; cards on a phone. */
export function LinkTable() {
  const { t } = useTranslation('links')
  const programme = useProgrammeId()
  const columns = useColumns()
  const terms = useTermsText()
  const pages = usePages(['links', programme], (after, signal) =>
    call('links', { params: { programme }, query: { limit: 50, ...after }, signal }),
  )
  return (
    <Paged pages={pages} empty={<Empty title={t('none')}>{t('none.hint')}</Empty>}>
      {links => (
        <>
          <div className="desk-only">
            <DeskTable label={t('title')} columns={columns} rows={links} rowKey={({ id }) => id} />
          </div>
          <ul className="phone-only link-cards">
            {links.map(link => (
              <li key={link.id} className="card link-card">
                <p>
                  <strong>{link.householdCode}</strong> <State state={link.state} />
                </p>
                <p>{link.cooperativeName}</p>
                <p className="muted">{terms(link.formula)}</p>
                <p>
                  {t('done')} <Money fen={link.doneFen} />
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Paged>
  )
}

function State({ state }: { state: string }) {
  const { t } = useTranslation('links')
  return (
    <span className={`badge ${state === 'open' ? '' : 'badge-plain'}`}>{t(`state.${state}`, state)}</span>
  )
}

function useColumns(): TableColumnsType<Link> {
  const { t } = useTranslation('links')
  const terms = useTermsText()
  return [
    { title: t('household'), dataIndex: 'householdCode', key: 'household' },
    { title: t('cooperative'), dataIndex: 'cooperativeName', key: 'cooperative' },
    { title: t('mechanism'), key: 'mechanism', render: (_, row) => t(`mechanism.${row.formula.mechanism}`) },
    { title: t('terms'), key: 'terms', render: (_, row) => terms(row.formula) },
    {
      title: t('period'),
      key: 'period',
      render: (_, row) => (
        <>
          <Day at={row.startsOn} /> – <Day at={row.endsOn} />
        </>
      ),
    },
    { title: t('done'), key: 'done', align: 'right', render: (_, row) => <Money fen={row.doneFen} /> },
    { title: t('state'), key: 'state', render: (_, row) => <State state={row.state} /> },
  ]
}
