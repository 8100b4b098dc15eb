import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../api/ids.ts'
import { send } from '../../api/send.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { ProblemNotice } from '../../ui/states.tsx'
import { uploadFile } from '../files.ts'
import { registerRoutes } from '../routes.ts'

interface ImportStartProps {
  readonly register: string
  started(run: string): void
}

/** A workbook is tried first: nothing is written until its faults have been seen. */
export function ImportStart({ register, started }: ImportStartProps) {
  const { t, i18n } = useTranslation('register')
  const programme = useProgrammeId()
  const id = useId()
  const [file, setFile] = useState<File>()
  const [checked, setChecked] = useState(false)
  const start = useMutation({
    mutationFn: async (picked: File) => {
      const sent = await uploadFile(programme, picked, 'import')
      return send(registerRoutes.newImport, {
        params: { programme, register },
        key: newId(),
        body: { file: sent, dryRun: true, language: languageOf(i18n) },
      })
    },
    onSuccess: ({ id: run }) => started(run),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (file) start.mutate(file)
  }
  const missing = checked && !file
  return (
    <form className="card stack" onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={id}>{t('import.file')}</label>
        <input
          id={id}
          type="file"
          accept=".xlsx,.csv"
          aria-describedby={`${id}-hint${missing ? ` ${id}-fault` : ''}`}
          aria-invalid={missing || undefined}
          onChange={event => setFile(event.target.files?.[0])}
        />
        <p id={`${id}-hint`} className="field-hint">
          {t('import.file.hint')}
        </p>
        {missing ? (
          <p id={`${id}-fault`} className="field-error">
            {t('form.required', { ns: 'common' })}
          </p>
        ) : null}
      </div>
      {start.isError ? <ProblemNotice error={start.error} /> : null}
      <div className="form-actions">
        <button type="submit" className="button button-main" disabled={start.isPending}>
          {t(start.isPending ? 'import.uploading' : 'import.try')}
        </button>
      </div>
    </form>
  )
}
