import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { asProblem } from '../api/problem.ts'
import { ExportLink } from '../desk/export-link.tsx'
import { useMember } from '../session/me.ts'
import { useProgrammeId } from '../session/programme.ts'
import { hasRole } from '../session/roles.ts'
import { Paged, usePages } from '../ui/load-more.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, ProblemNotice } from '../ui/states.tsx'
import { OrderFilters } from './filters.tsx'
import { isToSend, OrderList } from './order-list.tsx'
import { isPayable, PayTools } from './pay-tools.tsx'
import { type OrderSearch, orderSearch } from './search.ts'
import { ShipTools } from './ship-tools.tsx'
import { listOf, type Side } from './side.ts'
import './orders.css'

/** Orders of one's own side or office, newest first, by what the address asks for. */
export function OrdersPage({ side }: { side: Side }) {
  const { t } = useTranslation('orders')
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const search = orderSearch(useSearch({ strict: false }))
  const pays = hasRole(useMember(), 'accountant') && side === 'buyer'
  const mayPick = side === 'supplier' ? isToSend : pays ? isPayable : undefined
  const [chosen, setChosen] = useState<readonly string[]>([])
  const pages = usePages(['orders', programme, search], (after, signal) =>
    call('orders', { params: { programme }, query: { ...search, limit: 25, ...after }, signal }),
  )
  const choose = (next: OrderSearch) =>
    void navigate({ to: listOf[side], params: { programme }, search: next })
  // whoever may not look has nothing to filter
  if (pages.isError && asProblem(pages.error).status === 403)
    return (
      <Page title={t(`title.${side}`)}>
        <ProblemNotice error={pages.error} />
      </Page>
    )
  return (
    <Page
      title={t(`title.${side}`)}
      lead={t(`lead.${side}`)}
      actions={<ExportLink list="orders" query={{ ...search }} />}
    >
      <OrderFilters search={search} choose={choose} />
      <Paged pages={pages} empty={<Empty title={t('empty')}>{t(`empty.${side}`)}</Empty>}>
        {orders => (
          <>
            {side === 'supplier' ? (
              <ShipTools orders={orders} chosen={chosen} clear={() => setChosen([])} />
            ) : null}
            {pays ? <PayTools orders={orders} chosen={chosen} /> : null}
            <OrderList
              orders={orders}
              side={side}
              {...(mayPick && { picking: { chosen, choose: setChosen, mayPick } })}
            />
          </>
        )}
      </Paged>
    </Page>
  )
}
