import type { Erasure } from '@silian/kernel/retention/contract.ts'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { fileAddress } from '../../declared/files.ts'
import { useWords } from '../../declared/words.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { erasureRoutes } from './routes.ts'

interface LookProps {
  readonly erasure: Erasure
  fieldName(field: string): string
}

/** Shows what one class holds to those who say what for; what it answers is kept nowhere. */
export function Look({ erasure, fieldName }: LookProps) {
  const { t } = useTranslation()
  const words = useWords('retention')
  const programme = useProgrammeId()
  const id = useId()
  const classes = erasure.receipt.stays.map(stay => stay.class)
  const [name, setName] = useState(classes[0] ?? '')
  const [purpose, setPurpose] = useState('')
  const [checked, setChecked] = useState(false)
  const look = useMutation({
    mutationFn: () =>
      send(erasureRoutes.reveal, {
        params: { programme, erasure: erasure.id },
        body: { class: name, purpose: purpose.trim() },
      }),
    gcTime: 0,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (purpose.trim() !== '') look.mutate()
  }
  return (
    <form className="card stack" onSubmit={submit} noValidate>
      <h3>{words.text('look', '')}</h3>
      <div className="field">
        <label htmlFor={id}>{words.text('why', '')}</label>
        <select id={id} value={name} onChange={event => setName(event.target.value)}>
          {classes.map(each => (
            <option key={each} value={each}>
              {words.text(`class.${each}`, each)}
            </option>
          ))}
        </select>
      </div>
      <Field
        label={words.text('look.purpose', '')}
        hint={words.text('look.purpose.help', '')}
        name="purpose"
        maxLength={200}
        value={purpose}
        onChange={event => setPurpose(event.target.value)}
        error={checked && purpose.trim() === '' ? t('form.required') : undefined}
      />
      <div className="form-actions">
        <button type="submit" className="button" disabled={look.isPending}>
          {words.text('look.send', '')}
        </button>
      </div>
      {look.isError ? <ProblemNotice error={look.error} /> : null}
      {look.data ? (
        <dl className="sums" aria-live="polite">
          {look.data.values.map(({ field, row, text }) => (
            <div key={`${field} ${row}`}>
              <dt>{row ? `${fieldName(field)} · ${row.slice(-12)}` : fieldName(field)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
          {look.data.files.map(file => (
            <div key={file}>
              <dt>{words.text('file.consent', '')}</dt>
              <dd>
                <a href={fileAddress(programme, file)} download>
                  {words.text('look.file', '')}
                </a>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </form>
  )
}
