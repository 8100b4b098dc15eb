import type { Erasure } from '@silian/kernel/retention/contract.ts'
import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { send } from '../../api/send.ts'
import { useWords } from '../../declared/words.ts'
import { DeskTable } from '../../desk/table.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day } from '../../ui/values.tsx'
import { EraseCustomer } from './erase-customer.tsx'
import { erasureRoutes } from './routes.ts'
import { StateBadge } from './state-badge.tsx'

/** What households and customers had erased, as far as one reaches; each leads to its receipt. */
export function ErasuresPage() {
  const words = useWords('retention')
  const programme = useProgrammeId()
  const pages = usePages(['erasures', programme], (after, signal) =>
    send(erasureRoutes.list, { params: { programme }, query: { limit: 50, ...after }, signal }),
  )
  const columns = useColumns()
  const mayErase = hasRole(useMember(), 'finance_officer')
  return (
    <Page title={words.title} lead={words.find('lead')}>
      {mayErase ? <EraseCustomer /> : null}
      <Paged pages={pages} empty={<Empty title={words.text('none', '')} />}>
        {rows => <DeskTable label={words.title} columns={columns} rows={rows} rowKey={({ id }) => id} />}
      </Paged>
    </Page>
  )
}

function useColumns(): TableColumnsType<Erasure> {
  const words = useWords('retention')
  const programme = useProgrammeId()
  return [
    {
      title: words.text('place', ''),
      key: 'place',
      render: (_, row) => row.areaName || words.text('place.none', ''),
    },
    {
      title: words.text('receipt.number', ''),
      key: 'number',
      render: (_, row) => <span className="code">{row.id}</span>,
    },
    { title: words.text('asked', ''), key: 'asked', render: (_, row) => <Day at={row.askedAt} /> },
    { title: words.text('state', ''), key: 'state', render: (_, row) => <StateBadge state={row.state} /> },
    {
      title: words.text('receipt', ''),
      key: 'receipt',
      render: (_, row) => (
        <Link to="/p/$programme/erasures/$erasure" params={{ programme, erasure: row.id }}>
          {words.text('open', '')}
        </Link>
      ),
    },
  ]
}
