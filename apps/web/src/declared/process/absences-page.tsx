import type { absences } from '@silian/kernel/process/contract.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import type { Out } from '../../api/route.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { useSay } from '../../ui/said.tsx'
import { Empty, Loaded, ProblemNotice } from '../../ui/states.tsx'
import { processRoutes } from '../routes.ts'
import { chosenOf, MemberInput, useColleagues } from './member-input.tsx'
import '../declared.css'
import './process.css'

const empty = { from: '', to: '', deputy: '' }

/** When the member is away, and who decides for them until they are back. */
export function AbsencesPage() {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const colleagues = useColleagues()
  const found = useQuery({
    queryKey: ['absences', programme],
    queryFn: ({ signal }) => send(processRoutes.absences, { params: { programme }, signal }),
  })
  return (
    <Page title={t('absence')} lead={t('absence.lead')}>
      <Loaded query={found} lines={2}>
        {all =>
          all.length === 0 ? null : (
            <div className="card">
              <ul className="runs">
                {all.map(one => (
                  <AbsenceLine key={one.id} one={one} />
                ))}
              </ul>
            </div>
          )
        }
      </Loaded>
      <Loaded query={colleagues} lines={2}>
        {all =>
          all.length === 0 ? (
            <Empty title={t('absence.nobody')}>{t('absence.nobody.hint')}</Empty>
          ) : (
            <div className="card">
              <AbsenceForm />
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}

function AbsenceLine({ one }: { one: Out<typeof absences>[number] }) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const { key, done } = useIntention(`${programme}.absence.${one.id}`, {})
  const end = useMutation({
    mutationFn: () =>
      send(processRoutes.endAbsence, { params: { programme, absence: one.id }, key, body: {} }),
    onSuccess: async () => {
      done()
      say(t('absence.ended'))
      await client.invalidateQueries({ queryKey: ['absences'] })
    },
  })
  const { from, to, mine } = one
  return (
    <li>
      {mine
        ? t('absence.one', { from, to, name: one.deputyName })
        : t('absence.for', { from, to, name: one.memberName })}{' '}
      {mine ? (
        <button
          type="button"
          className="button button-small"
          aria-label={t('absence.end.of', { from, to })}
          disabled={end.isPending}
          onClick={() => end.mutate()}
        >
          {t('absence.end')}
        </button>
      ) : null}
      {end.isError ? <ProblemNotice error={end.error} /> : null}
    </li>
  )
}

function AbsenceForm() {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const [checked, setChecked] = useState(false)
  const { draft, setDraft, key, done } = useIntention(`${programme}.absence`, empty)
  const colleagues = useColleagues()
  const deputy = chosenOf(colleagues, draft.deputy)
  const save = useMutation({
    mutationFn: () =>
      send(processRoutes.beAbsent, { params: { programme }, key, body: { ...draft, deputy } }),
    onSuccess: async () => {
      done()
      setChecked(false)
      say(t('absence.saved'))
      await client.invalidateQueries({ queryKey: ['absences'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (draft.from && draft.to && deputy) save.mutate()
  }
  const missing = (text: string) =>
    checked && text === '' ? t('form.required', { ns: 'common' }) : undefined
  return (
    <>
      <form className="form-grid" onSubmit={submit} noValidate>
        {(['from', 'to'] as const).map(end => (
          <Field
            key={end}
            type="date"
            label={t(`absence.${end}`)}
            value={draft[end]}
            error={missing(draft[end])}
            onChange={event => setDraft({ ...draft, [end]: event.target.value })}
          />
        ))}
        <MemberInput
          label={t('absence.deputy')}
          value={deputy}
          error={missing(deputy)}
          colleagues={colleagues}
          change={chosen => setDraft({ ...draft, deputy: chosen })}
        />
        <div className="form-actions field-wide">
          <button type="submit" className="button" disabled={save.isPending}>
            {t('absence.send')}
          </button>
        </div>
      </form>
      {save.isError ? <ProblemNotice error={save.error} /> : null}
    </>
  )
}
