import type { RegisterDetail, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../api/ids.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { registerRoutes } from '../routes.ts'

interface RevealProps {
  readonly shape: RegisterShape
  readonly row: string
  revealed(detail: RegisterDetail): void
}

/** Shows masked values to those who say what for. What it answers is kept nowhere: it goes with the drawer. */
export function Reveal({ shape, row, revealed }: RevealProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [checked, setChecked] = useState(false)
  const [purpose, setPurpose] = useState('')
  const reveal = useMutation({
    mutationFn: () =>
      send(registerRoutes.reveal, {
        params: { programme, register: shape.name, row },
        key: newId(),
        body: { purpose: purpose.trim() },
      }),
    gcTime: 0,
    onSuccess: async detail => {
      revealed(detail)
      await client.invalidateQueries({ queryKey: ['register', programme, shape.name, 'history', row] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (purpose.trim() !== '') reveal.mutate()
  }
  if (!open)
    return (
      <button type="button" className="button button-small" onClick={() => setOpen(true)}>
        {t('reveal')}
      </button>
    )
  return (
    <form className="reveal" onSubmit={submit} noValidate>
      <Field
        label={t('reveal.purpose')}
        hint={t('reveal.hint')}
        name="purpose"
        autoFocus
        maxLength={200}
        value={purpose}
        onChange={event => setPurpose(event.target.value)}
        error={checked && purpose.trim() === '' ? t('form.required', { ns: 'common' }) : undefined}
      />
      <button type="submit" className="button button-small button-main" disabled={reveal.isPending}>
        {t('reveal.send')}
      </button>
      {reveal.isError ? <ProblemNotice error={reveal.error} /> : null}
    </form>
  )
}
