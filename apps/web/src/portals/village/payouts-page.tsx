import type { PayoutItem } from '@silian/chains/assurance/payouts/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { formatFen } from '../../i18n/format.ts'
import { ReceiptsLink } from '../../receipts/link.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { GradeBadge, GradeHelp } from '../../signing/grade.tsx'
import { SignFact } from '../../signing/sign-fact.tsx'
import { countersign, keyFor, useBrowserKeys } from '../../signing/use-signing.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { useSay } from '../../ui/said.tsx'
import { Empty, ProblemNotice } from '../../ui/states.tsx'
import { Day, Money } from '../../ui/values.tsx'
import './village.css'

/** Payouts that a cadre has not yet asked the household about. */
export function PayoutsPage() {
  const { t } = useTranslation('village')
  const programme = useProgrammeId()
  const [open, setOpen] = useState<'true' | 'false'>('true')
  const pages = usePages(['payout-items', programme, open], (after, signal) =>
    call('payoutItems', { params: { programme }, query: { open, limit: 50, ...after }, signal }),
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <button type="button" className="button" onClick={() => setOpen(open === 'true' ? 'false' : 'true')}>
          {t(open === 'true' ? 'show.others' : 'show.open')}
        </button>
      }
    >
      <Paged pages={pages} empty={<Empty title={t('empty')}>{t('empty.hint')}</Empty>}>
        {items => (
          <ul className="payouts">
            {items.map(item => (
              <Payout key={item.id} item={item} />
            ))}
          </ul>
        )}
      </Paged>
      <GradeHelp />
    </Page>
  )
}

function Payout({ item }: { item: PayoutItem }) {
  const { t } = useTranslation('village')
  const [asking, setAsking] = useState(false)
  return (
    <li className="card payout">
      <div>
        <p className="payout-who">
          <strong>{item.headName}</strong> <span className="muted">{item.householdCode}</span>
        </p>
        <p className="muted">
          {item.villageName} · {item.paidAt ? <Day at={item.paidAt} /> : t('unpaid')} ·{' '}
          <StatementLink household={item.householdId} />
          {item.paidAt ? <ReceiptsOf item={item.id} /> : null}
        </p>
      </div>
      <p className="payout-sum">
        <Money fen={item.amountFen} />
      </p>
      {item.confirmedAt ? (
        <Confirmed item={item} />
      ) : asking ? (
        <Confirm item={item} close={() => setAsking(false)} />
      ) : (
        <button
          type="button"
          className="button button-main"
          disabled={!item.paidAt}
          onClick={() => setAsking(true)}
        >
          {t('confirm')}
          <span className="visually-hidden"> {item.headName}</span>
        </button>
      )}
    </li>
  )
}

/** Who bore it out, and the offer to do so with a key of one's own. */
function Confirmed({ item: { id, headName, amountFen, confirmation } }: { item: PayoutItem }) {
  const { t } = useTranslation('village')
  if (!confirmation) return <span className="muted">{t('confirmed.already')}</span>
  const { factId, grade } = confirmation
  return (
    <div className="page-actions">
      <GradeBadge grade={grade} />
      {grade === 'declared' ? (
        <SignFact
          shown={{ fact: factId, type: 'payout.confirmed', about: { item: id } }}
          words={t('sign.confirmed', { name: headName, sum: formatFen(amountFen) })}
        />
      ) : null}
    </div>
  )
}

/** Beside the account statement, in the same line. */
function ReceiptsOf({ item }: { item: string }) {
  return (
    <>
      {' · '}
      <ReceiptsLink kind="payout-items" thing={item} />
    </>
  )
}

function StatementLink({ household }: { household: string }) {
  const { t } = useTranslation('village')
  const programme = useProgrammeId()
  return (
    <Link to="/p/$programme/village/households/$household/statement" params={{ programme, household }}>
      {t('statement')}
    </Link>
  )
}

const nothing = {}

function Confirm({ item, close }: { item: PayoutItem; close(): void }) {
  const { t } = useTranslation(['village', 'common', 'signing'])
  const own = keyFor(useBrowserKeys())
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const { key, done } = useIntention(`${programme}.payout.${item.id}`, nothing)
  const confirm = useMutation({
    mutationFn: async (sign: boolean) => {
      const { factId } = await call('confirmPayout', { params: { programme, item: item.id }, key, body: {} })
      const shown = { fact: factId, type: 'payout.confirmed', about: { item: item.id } }
      if (sign && own) await countersign(programme, own, shown)
    },
    onSuccess: async () => {
      done()
      say(t('confirmed', { name: item.headName }))
      await client.invalidateQueries()
    },
  })
  return (
    <div className="payout-confirm">
      <p>{t('question', { name: item.headName, sum: formatFen(item.amountFen) })}</p>
      {confirm.isError ? <ProblemNotice error={confirm.error} /> : null}
      <div className="page-actions">
        <button
          type="button"
          className="button button-main"
          // the question replaces the button that asked it, and the focus goes with it
          ref={button => button?.focus()}
          disabled={confirm.isPending}
          onClick={() => confirm.mutate(false)}
        >
          {t('yes')}
        </button>
        {own ? (
          <button
            type="button"
            className="button"
            disabled={confirm.isPending}
            onClick={() => confirm.mutate(true)}
          >
            {t('sign.also.payout', { ns: 'signing' })}
          </button>
        ) : null}
        <button type="button" className="button" onClick={close}>
          {t('cancel', { ns: 'common' })}
        </button>
      </div>
    </div>
  )
}
