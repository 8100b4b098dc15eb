import type { Proposal } from '@silian/chains/production/links/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Paged, usePages } from '../ui/load-more.tsx'
import { Empty } from '../ui/states.tsx'
import { Day } from '../ui/values.tsx'
import { Answer } from './answer.tsx'
import { useTermsText } from './terms.tsx'
import './links.css'

interface ProposalsProps {
  /** Whether the one who looks may record what a household said. */
  readonly mayAnswer: boolean
}

/** Links that households were offered and have not answered. */
export function Proposals({ mayAnswer }: ProposalsProps) {
  const { t } = useTranslation('links')
  const programme = useProgrammeId()
  const pages = usePages(['proposals', programme], (after, signal) =>
    call('proposals', { params: { programme }, query: { state: 'waiting', limit: 50, ...after }, signal }),
  )
  return (
    <Paged pages={pages} empty={<Empty title={t('waiting.none')}>{t('waiting.none.hint')}</Empty>}>
      {proposals => (
        <ul className="link-cards">
          {proposals.map(proposal => (
            <Offered key={proposal.id} proposal={proposal} mayAnswer={mayAnswer} />
          ))}
        </ul>
      )}
    </Paged>
  )
}

function Offered({ proposal, mayAnswer }: { proposal: Proposal } & ProposalsProps) {
  const { t } = useTranslation('links')
  const terms = useTermsText()
  const [open, setOpen] = useState(false)
  return (
    <li className="card link-card">
      <p>
        <strong>{proposal.headName}</strong>{' '}
        <span className="muted">
          {proposal.householdCode} · {proposal.villageName}
        </span>
      </p>
      <p>
        {proposal.cooperativeName} · {t(`mechanism.${proposal.formula.mechanism}`)}
      </p>
      <p>{terms(proposal.formula, proposal.productName)}</p>
      <p className="muted">
        <Day at={proposal.startsOn} /> – <Day at={proposal.endsOn} /> · {t('proposed')}{' '}
        <Day at={proposal.proposedAt} />
      </p>
      {mayAnswer ? (
        <button type="button" className="button button-main" onClick={() => setOpen(true)}>
          {t('answer')}
          <span className="visually-hidden"> {proposal.headName}</span>
        </button>
      ) : (
        <p>
          <span className="badge badge-wait">{t('waiting.for')}</span>
        </p>
      )}
      {open ? <Answer proposal={proposal} close={() => setOpen(false)} /> : null}
    </li>
  )
}
