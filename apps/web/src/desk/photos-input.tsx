import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fileAddress, uploadFile } from '../declared/files.ts'
import { useProgrammeId } from '../session/programme.ts'
import { ProblemNotice } from '../ui/states.tsx'

interface PhotosInputProps {
  /** Given by the form that holds it. */
  readonly id?: string
  readonly value?: readonly string[]
  readonly most: number
  onChange?(photos: readonly string[]): void
}

/** Photographs, sent as soon as they are taken; the form holds their ids. */
export function PhotosInput({ id, value = [], most, onChange }: PhotosInputProps) {
  const { t } = useTranslation('desks')
  const programme = useProgrammeId()
  const upload = useMutation({
    mutationFn: (files: readonly File[]) =>
      Promise.all(files.map(file => uploadFile(programme, file, 'photo'))),
    onSuccess: sent => onChange?.([...value, ...sent].slice(0, most)),
  })
  return (
    <div className="photos-input">
      <input
        type="file"
        id={id}
        accept="image/jpeg,image/png,image/webp"
        multiple={most > 1}
        disabled={upload.isPending || value.length >= most}
        onChange={event => {
          upload.mutate([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <p className="field-hint" role="status">
        {upload.isPending ? t('photos.going') : t('photos.count', { count: value.length, most })}
      </p>
      {upload.isError ? <ProblemNotice error={upload.error} /> : null}
      <ul className="photos">
        {value.map((photo, at) => (
          <li key={photo}>
            <img src={fileAddress(programme, photo)} alt={t('photos.one', { at: at + 1 })} />
            <button
              type="button"
              className="button button-small"
              onClick={() => onChange?.(value.filter(one => one !== photo))}
            >
              {t('photos.remove', { at: at + 1 })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
