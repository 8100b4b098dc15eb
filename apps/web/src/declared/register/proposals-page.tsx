import type { RegisterProposals, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../api/ids.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { LoadedPage, Page } from '../../ui/page.tsx'
import { useSay } from '../../ui/said.tsx'
import { Empty, ProblemNotice } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import type { Names } from '../columns/value-text.ts'
import { registerRoutes } from '../routes.ts'
import { useWords } from '../words.ts'
import { Changes } from './changes.tsx'
import { Decide } from './proposals.tsx'
import { may, useRegisters } from './shapes.ts'
import { useRowTitle } from './title.ts'
import '../declared.css'

type Proposal = RegisterProposals['items'][number]

/** All changes of a register that wait for somebody's word. */
export function ProposalsPage() {
  const { t } = useTranslation('register')
  const { register = '' } = useParams({ strict: false })
  const registers = useRegisters()
  return (
    <LoadedPage query={registers} title={t('proposals')}>
      {all => {
        const shape = all.find(({ name }) => name === register)
        return shape && may(shape, 'decide') ? (
          <Waiting shape={shape} />
        ) : (
          <Page title={t('proposals')}>
            <Empty title={t('unknown')}>{t('unknown.hint')}</Empty>
          </Page>
        )
      }}
    </LoadedPage>
  )
}

function Waiting({ shape }: { shape: RegisterShape }) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const words = useWords(shape.name)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const pages = usePages(['register', programme, shape.name, 'proposals'], (after, signal) =>
    send(registerRoutes.proposals, {
      params: { programme, register: shape.name },
      query: { limit: 20, ...after },
      signal,
    }),
  )
  const names: Names = Object.assign(
    {},
    ...(pages.data?.pages ?? []).map(page => (page as { names?: Names }).names),
  )
  return (
    <Page
      title={t('proposals.of', { register: words.title })}
      lead={t('proposals.lead')}
      actions={
        <Link
          to="/p/$programme/registers/$register"
          params={{ programme, register: shape.name }}
          className="button"
        >
          {t('import.back')}
        </Link>
      }
    >
      <Paged pages={pages} empty={<Empty title={t('proposals.none')}>{t('proposals.none.hint')}</Empty>}>
        {proposals => (
          <>
            <DecideMany
              shape={shape}
              proposals={proposals.filter(({ id, own }) => marked.has(id) && !own)}
              clear={() => setMarked(new Set())}
            />
            <ul className="proposal-list">
              {proposals.map(proposal => (
                <OneProposal
                  key={proposal.id}
                  {...{ shape, proposal, names }}
                  marked={marked.has(proposal.id)}
                  mark={() => setMarked(toggled(marked, proposal.id))}
                />
              ))}
            </ul>
          </>
        )}
      </Paged>
    </Page>
  )
}

const toggled = (marked: ReadonlySet<string>, id: string): Set<string> => {
  const next = new Set(marked)
  if (!next.delete(id)) next.add(id)
  return next
}

interface OneProposalProps {
  readonly shape: RegisterShape
  readonly proposal: Proposal
  readonly names: Names
  readonly marked: boolean
  mark(): void
}

function OneProposal({ shape, proposal, names, marked, mark }: OneProposalProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const titleOf = useRowTitle(shape.name)
  const { row, own } = proposal
  const title = titleOf(row.values, names) || row.id
  return (
    <li className="card stack">
      <p className="proposal-head">
        {own ? null : (
          <input type="checkbox" aria-label={t('mark', { row: title })} checked={marked} onChange={mark} />
        )}
        <Link
          to="/p/$programme/registers/$register"
          params={{ programme, register: shape.name }}
          search={{ row: row.id }}
          className="row-open"
        >
          {title}
        </Link>
        {row.validTo ? <span className="badge badge-plain">{t('closed')}</span> : null}
      </p>
      <p className="muted">
        {t('proposal.by', { name: proposal.byName || t('proposal.nobody') })} <Instant at={proposal.at} />
      </p>
      <Changes shape={shape} before={row.values} after={proposal.values} names={names} />
      {own ? <p className="muted">{t('proposal.own')}</p> : <Decide shape={shape} proposal={proposal.id} />}
    </li>
  )
}

interface DecideManyProps {
  readonly shape: RegisterShape
  readonly proposals: readonly Proposal[]
  clear(): void
}

/** Decides one after another, each under a key of its own: going on after a failure decides none twice. */
function DecideMany({ shape, proposals, clear }: DecideManyProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const [note, setNote] = useState('')
  const [run, setRun] = useState(newId)
  const decide = useMutation({
    mutationFn: async (accept: boolean) => {
      for (const { id } of proposals)
        await send(registerRoutes.decide, {
          params: { programme, register: shape.name, proposal: id },
          key: `${run}-${id}-${accept ? 'y' : 'n'}`,
          body: { accept, ...(note.trim() ? { note: note.trim() } : {}) },
        })
      return proposals.length
    },
    onSuccess: (count, accept) => {
      say(t(accept ? 'proposals.accepted' : 'proposals.declined', { count }))
      setNote('')
      clear()
    },
    onSettled: () => {
      setRun(newId())
      return client.invalidateQueries({ queryKey: ['register', programme] })
    },
  })
  if (proposals.length === 0) return null
  return (
    <div className="bulk" role="toolbar" aria-label={t('marked')}>
      <span role="status">{t('marked.count', { count: proposals.length })}</span>
      <input
        type="text"
        aria-label={t('proposal.note')}
        placeholder={t('proposal.note')}
        maxLength={500}
        value={note}
        onChange={event => {
          setNote(event.target.value)
          setRun(newId())
        }}
      />
      {([true, false] as const).map(accept => (
        <button
          key={String(accept)}
          type="button"
          className={`button button-small${accept ? ' button-main' : ''}`}
          disabled={decide.isPending}
          onClick={() => decide.mutate(accept)}
        >
          {t(accept ? 'proposals.accept' : 'proposals.decline')}
        </button>
      ))}
      <button type="button" className="button button-small" onClick={clear}>
        {t('marked.none')}
      </button>
      {decide.isError ? <ProblemNotice error={decide.error} /> : null}
    </div>
  )
}
