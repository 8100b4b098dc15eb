import type { HouseholdStatement } from '@silian/chains/assurance/payouts/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { PrintButton } from '../../desk/print-button.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useLocalName, useProgramme, useProgrammeId } from '../../session/programme.ts'
import { Page } from '../../ui/page.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Day, Money } from '../../ui/values.tsx'

/** What came to one household and what was paid out to it, to be printed and left with it. */
export function HouseholdStatementPage() {
  const { t } = useTranslation('village')
  const programme = useProgrammeId()
  const { household = '' } = useParams({ strict: false })
  const statement = useQuery({
    queryKey: ['statement', programme, household],
    queryFn: ({ signal }) => call('statement', { params: { programme, household }, signal }),
  })
  return (
    <Page title={t('statement')} lead={t('statement.lead')} actions={<PrintButton />}>
      <Loaded query={statement}>{found => <Paper statement={found} />}</Loaded>
    </Page>
  )
}

function Paper({ statement }: { statement: HouseholdStatement }) {
  const { t } = useTranslation('village')
  const name = useLocalName()
  const programme = useProgramme()
  return (
    <div className="card paper">
      <div className="paper-head">
        <p>
          <strong>{statement.householdCode}</strong> {statement.headName}
          <span className="line-spec">{statement.villageName}</span>
        </p>
        <p>
          {programme ? name(programme) : ''}
          <span className="line-spec">{formatDay(new Date().toISOString())}</span>
        </p>
      </div>
      <dl className="sums">
        <div>
          <dt>{t('statement.paid')}</dt>
          <dd>
            <Money fen={statement.paidFen} />
          </dd>
        </div>
        <div>
          <dt>{t('statement.confirmed')}</dt>
          <dd>
            <Money fen={statement.confirmedFen} />
          </dd>
        </div>
        <div>
          <dt>{t('statement.owed')}</dt>
          <dd>
            <Money fen={statement.owedFen} />
          </dd>
        </div>
      </dl>
      {statement.rows.length === 0 ? <Empty title={t('statement.none')} /> : <Rows rows={statement.rows} />}
    </div>
  )
}

function Rows({ rows }: Pick<HouseholdStatement, 'rows'>) {
  const { t } = useTranslation(['village', 'orders'])
  return (
    <ScrollArea className="" label={t('statement')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('statement.day')}</th>
            <th scope="col">{t('statement.what')}</th>
            <th scope="col" className="right">
              {t('statement.sum')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={`${row.at}${row.subject}${row.kind}${row.fen}`}>
              <th scope="row">
                <Day at={row.at} />
              </th>
              <td>
                {row.kind === 'paid_out'
                  ? t('statement.paid_out')
                  : row.mechanism
                    ? t(`mechanism.${row.mechanism}`, { ns: 'orders' })
                    : t('statement.credited')}
              </td>
              <td className="right">
                <Money fen={row.fen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
