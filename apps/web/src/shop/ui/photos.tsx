import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { fileAddress, uploadFile } from '../../declared/files.ts'
import { useProgramme } from './go.tsx'
import { Camera } from './icons.tsx'
import { Trouble } from './notice.tsx'

const MOST = 9

interface PhotosProps {
  readonly label: string
  readonly photos: readonly string[]
  onChange(photos: readonly string[]): void
}

/** Photographs, sent as soon as they are taken. */
export function Photos({ label, photos, onChange }: PhotosProps) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const id = useId()
  const upload = useMutation({
    mutationFn: (files: readonly File[]) =>
      Promise.all(files.map(file => uploadFile(programme, file, 'photo'))),
    onSuccess: sent => onChange([...photos, ...sent].slice(0, MOST)),
  })
  return (
    <div className="field">
      <span className="photos-label">{label}</span>
      <ul className="photos">
        {photos.map((photo, at) => (
          <li key={photo} className="photo">
            <Photo file={photo} at={at} />
            <button
              type="button"
              className="button button-plain"
              aria-label={t('photo.remove.of', { at: at + 1 })}
              onClick={() => onChange(photos.filter(one => one !== photo))}
            >
              {t('photo.remove')}
            </button>
          </li>
        ))}
        {photos.length < MOST ? (
          <li>
            <label className="photo-add" htmlFor={id}>
              <Camera />
              {t(upload.isPending ? 'photo.going' : 'photo.add')}
            </label>
            <input
              id={id}
              className="unseen photo-file"
              type="file"
              accept="image/jpeg,image/png,image/webp"
              multiple
              disabled={upload.isPending}
              onChange={event => {
                upload.mutate([...(event.target.files ?? [])])
                event.target.value = ''
              }}
            />
          </li>
        ) : null}
      </ul>
      <p className="unseen" role="status">
        {t('photo.count', { count: photos.length })}
      </p>
      {upload.isError ? <Trouble error={upload.error} /> : null}
    </div>
  )
}

/** Photographs that were sent, each opening whole. */
export function Sent({ photos }: { photos: readonly string[] }) {
  const programme = useProgramme()
  if (photos.length === 0) return null
  return (
    <ul className="photos">
      {photos.map((photo, at) => (
        <li key={photo} className="photo">
          <a href={fileAddress(programme, photo)} target="_blank" rel="noreferrer">
            <Photo file={photo} at={at} />
          </a>
        </li>
      ))}
    </ul>
  )
}

function Photo({ file, at }: { file: string; at: number }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  return <img src={fileAddress(programme, file)} alt={t('photo', { at: at + 1 })} width={96} height={96} />
}
