import type { RegisterDetail, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { registerRoutes } from '../routes.ts'
import { Changes } from './changes.tsx'
import { may } from './shapes.ts'

interface ProposalsProps {
  readonly shape: RegisterShape
  readonly detail: RegisterDetail
}

/** Changes that wait for somebody's word, each beside what stands now. */
export function Proposals({ shape, detail }: ProposalsProps) {
  const { t } = useTranslation('register')
  if (detail.proposals.length === 0) return null
  return (
    <section className="section proposals">
      <h3>{t('proposals')}</h3>
      {detail.proposals.map(proposal => (
        <div key={proposal.id} className="card stack">
          <p>
            {t('proposal.by', { name: proposal.byName })} <Instant at={proposal.at} />
          </p>
          <Changes shape={shape} before={detail.values} after={proposal.values} names={detail.names} />
          {may(shape, 'decide') ? <Decide shape={shape} proposal={proposal.id} /> : null}
        </div>
      ))}
    </section>
  )
}

const empty = { note: '' }

export function Decide({ shape, proposal }: { shape: RegisterShape; proposal: string }) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const id = useId()
  const { draft, setDraft, key, done } = useIntention(`${programme}.proposal.${proposal}`, empty)
  const decide = useMutation({
    mutationFn: (accept: boolean) =>
      send(registerRoutes.decide, {
        params: { programme, register: shape.name, proposal },
        // yes and no are different intentions
        key: `${key}-${accept ? 'y' : 'n'}`,
        body: { accept, ...(draft.note.trim() ? { note: draft.note.trim() } : {}) },
      }),
    onSuccess: async (_, accept) => {
      done()
      say(t(accept ? 'proposal.accepted' : 'proposal.declined'))
      await client.invalidateQueries({ queryKey: ['register', programme] })
    },
  })
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor={id}>{t('proposal.note')}</label>
        <textarea
          id={id}
          rows={2}
          maxLength={500}
          value={draft.note}
          onChange={event => setDraft({ note: event.target.value })}
        />
      </div>
      <div className="form-actions">
        <button
          type="button"
          className="button button-small"
          disabled={decide.isPending}
          onClick={() => decide.mutate(false)}
        >
          {t('proposal.decline')}
        </button>
        <button
          type="button"
          className="button button-small button-main"
          disabled={decide.isPending}
          onClick={() => decide.mutate(true)}
        >
          {t('proposal.accept')}
        </button>
      </div>
      {decide.isError ? <ProblemNotice error={decide.error} /> : null}
    </div>
  )
}
