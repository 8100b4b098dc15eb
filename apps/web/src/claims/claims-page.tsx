import type { Claim } from '@silian/chains/supply/claims/contract.ts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { fileAddress } from '../declared/files.ts'
import { pageOf, type Side } from '../orders/side.ts'
import { useGoodsNames } from '../portals/shop/use-names.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Facts } from '../ui/facts.tsx'
import { Paged, usePages } from '../ui/load-more.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Day, Money } from '../ui/values.tsx'
import { ClaimDialog } from './claim-dialog.tsx'

/** Claims one is a party to, or decides on, the newest first. */
export function ClaimsPage({ side }: { side: Side }) {
  const { t } = useTranslation('claims')
  const programme = useProgrammeId()
  const pages = usePages(['claims', programme], (after, signal) =>
    call('claims', { params: { programme }, query: { limit: 25, ...after }, signal }),
  )
  return (
    <Page title={t('title')} lead={t(`lead.${side}`)}>
      <Paged pages={pages} empty={<Empty title={t('none')} />}>
        {claims => (
          <ul className="plain-list stack">
            {claims.map(claim => (
              <OneClaim key={claim.id} claim={claim} side={side} />
            ))}
          </ul>
        )}
      </Paged>
    </Page>
  )
}

export const BuyerClaimsPage = () => <ClaimsPage side="buyer" />
export const OfficeClaimsPage = () => <ClaimsPage side="office" />

function OneClaim({ claim, side }: { claim: Claim; side: Side }) {
  const { t } = useTranslation('claims')
  const { nameOf } = useGoodsNames()
  const programme = useProgrammeId()
  const [open, setOpen] = useState<Claim['may'][number]>()
  return (
    <li className="card stack">
      <p className="order-card-sum">
        <span>
          <strong>{t(`kind.${claim.kind}`)}</strong>{' '}
          <span className={`badge ${claim.may.length > 0 ? 'badge-wait' : ''}`}>
            {t(`state.${claim.state}`)}
          </span>
        </span>
        <Money fen={claim.amountFen} />
      </p>
      <p>
        <Link to={pageOf[side]} params={{ programme, order: claim.orderId }}>
          {t('order', { number: claim.orderNumber })}
        </Link>{' '}
        {side === 'supplier' ? null : claim.sellerName}
      </p>
      <p>{claim.lines.map(line => `${nameOf(line)} ×${line.pieces}`).join(' · ')}</p>
      <Said claim={claim} />
      {claim.photos.length > 0 ? (
        <ul className="photos">
          {claim.photos.map((photo, at) => (
            <li key={photo}>
              <img src={fileAddress(programme, photo)} alt={t('photo', { at: at + 1 })} />
            </li>
          ))}
        </ul>
      ) : null}
      {claim.may.length > 0 ? (
        <div className="order-actions">
          {claim.may.map(move => (
            <button key={move} type="button" className="button" onClick={() => setOpen(move)}>
              {t(`move.${move}`)}
            </button>
          ))}
        </div>
      ) : null}
      {open ? <ClaimDialog claim={claim} move={open} close={() => setOpen(undefined)} /> : null}
    </li>
  )
}

function Said({ claim }: { claim: Claim }) {
  const { t } = useTranslation('claims')
  const { dueAt } = claim
  return (
    <Facts
      rows={[
        [t('said.reason'), claim.reason],
        [t('said.answer'), claim.answer],
        [t('said.objection'), claim.objection],
        [t('said.decision'), claim.decision],
        [t('said.sent'), claim.returnWaybill && `${claim.returnCarrier} ${claim.returnWaybill}`],
        [t('opened'), <Day key="opened" at={claim.openedAt} />],
        [t(`due.${claim.state}`), dueAt && <Day key="due" at={dueAt} />],
      ]}
    />
  )
}
