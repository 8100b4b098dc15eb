import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { useSay } from '../../ui/said.tsx'
import { Loaded, ProblemNotice } from '../../ui/states.tsx'
import { processRoutes } from '../routes.ts'
import { MemberInput } from './member-input.tsx'

const empty = { from: '', to: '', deputy: '' }

/** When the member is away, and who decides for them until they are back. */
export function Absence() {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const [checked, setChecked] = useState(false)
  const { draft, setDraft, key, done } = useIntention(`${programme}.absence`, empty)
  const absences = useQuery({
    queryKey: ['absences', programme],
    queryFn: ({ signal }) => send(processRoutes.absences, { params: { programme }, signal }),
  })
  const save = useMutation({
    mutationFn: () => send(processRoutes.beAbsent, { params: { programme }, key, body: draft }),
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
    if (draft.from && draft.to && draft.deputy) save.mutate()
  }
  const missing = (text: string) =>
    checked && text === '' ? t('form.required', { ns: 'common' }) : undefined
  return (
    <div className="card stack">
      <Loaded query={absences} lines={2}>
        {all => (
          <ul className="runs">
            {all.map(one => (
              <li key={`${one.from} ${one.deputy}`} className="number">
                {t('absence.one', { from: one.from, to: one.to })}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
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
          value={draft.deputy}
          error={missing(draft.deputy)}
          change={deputy => setDraft({ ...draft, deputy })}
        />
        <div className="form-actions field-wide">
          <button type="submit" className="button" disabled={save.isPending}>
            {t('absence.send')}
          </button>
        </div>
      </form>
      {save.isError ? <ProblemNotice error={save.error} /> : null}
    </div>
  )
}
