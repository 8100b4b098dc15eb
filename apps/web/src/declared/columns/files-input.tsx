import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { ProblemNotice } from '../../ui/states.tsx'
import { fileAddress, uploadFile } from '../files.ts'

interface FilesInputProps {
  readonly column: { readonly name: string; readonly max: number | null }
  readonly value: unknown
  readonly id: string
  readonly describedBy?: string | undefined
  readonly disabled?: boolean | undefined
  change(value: readonly string[]): void
}

/** Files are sent as soon as they are picked; the form holds their ids. */
export function FilesInput({ column, value, id, describedBy, disabled, change }: FilesInputProps) {
  const { t } = useTranslation('declared')
  const programme = useProgrammeId()
  const ids = Array.isArray(value) ? (value as readonly string[]) : []
  const most = column.max ?? 20
  const upload = useMutation({
    mutationFn: (files: readonly File[]) =>
      Promise.all(files.map(file => uploadFile(programme, file, 'attachment'))),
    onSuccess: sent => change([...ids, ...sent].slice(0, most)),
  })
  return (
    <div className="files-input">
      {ids.length > 0 ? (
        <ul className="files">
          {ids.map((file, at) => (
            <li key={file}>
              <a href={fileAddress(programme, file)} download>
                {t('files.one', { number: at + 1 })}
              </a>
              <button
                type="button"
                className="button button-small"
                onClick={() => change(ids.filter(one => one !== file))}
              >
                {t('files.remove', { number: at + 1 })}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <input
        type="file"
        id={id}
        multiple={most > 1}
        aria-label={t('files.pick')}
        aria-describedby={describedBy}
        disabled={disabled || upload.isPending || ids.length >= most}
        onChange={event => {
          upload.mutate([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <p className="field-hint" role="status">
        {upload.isPending ? t('files.going') : t('files.most', { most, count: ids.length })}
      </p>
      {upload.isError ? <ProblemNotice error={upload.error} /> : null}
    </div>
  )
}
