import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../api/send.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/states.tsx'
import { Hits } from './hits.tsx'
import { searchRoutes } from './routes.ts'

/** A whole identity number or mobile number. */
export const isNumber = (text: string): boolean =>
  /^(\d{17}[\dXx]|\d{15}|1\d{10})$/.test(text.replace(/[\s-]/g, ''))

/** A person is looked for by a whole number only, for a stated purpose, and that is kept. */
export function IdentityForm({ number, close }: { number: string; close(): void }) {
  const { t } = useTranslation('search')
  const programme = useProgrammeId()
  const [purpose, setPurpose] = useState('')
  const look = useMutation({
    mutationFn: () => send(searchRoutes.identity, { params: { programme }, body: { number, purpose } }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    look.mutate()
  }
  return (
    <form className="stack" onSubmit={submit}>
      <p className="notice notice-wait">{t('number.hint')}</p>
      <Field
        label={t('purpose')}
        name="purpose"
        required
        maxLength={200}
        value={purpose}
        onChange={event => setPurpose(event.target.value)}
      />
      <div className="form-actions">
        <button type="submit" className="button button-main" disabled={look.isPending}>
          {t('number.look')}
        </button>
      </div>
      {look.isError ? <ProblemNotice error={look.error} /> : null}
      {look.data ? (
        look.data.groups.length > 0 ? (
          <Hits found={look.data} close={close} />
        ) : (
          <p className="muted">{t('number.none')}</p>
        )
      ) : null}
    </form>
  )
}
