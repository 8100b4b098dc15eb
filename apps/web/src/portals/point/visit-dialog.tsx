import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Problem } from '../../api/problem.ts'
import { uploadFile } from '../../declared/files.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { PickField } from '../../desk/fields.tsx'
import { PhotosInput } from '../../desk/photos-input.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { SignaturePad } from './signature-pad.tsx'

interface Draft {
  readonly how: 'drawn' | 'paper'
  readonly photos: readonly string[]
}

/** Brought home: the signature, drawn or on paper, is the acceptance. */
export function VisitDialog({ order, close }: { order: string; close(): void }) {
  const { t } = useTranslation('proxy')
  const programme = useProgrammeId()
  const pad = useRef<HTMLCanvasElement>(null)
  const send = async ({ how, photos }: Draft, key: string) => {
    const file = how === 'drawn' ? await drawn(programme, pad.current) : photos[0]
    if (!file) throw new Problem('visit.unsigned', 0)
    return call('visitHome', { params: { programme, order }, key, body: { signature: how, file } })
  }
  return (
    <DialogForm<Draft>
      name={`${programme}.visit.${order}`}
      title={t('visit')}
      hint={t('visit.hint')}
      empty={{ how: 'drawn', photos: [] }}
      sendLabel={t('visit.send')}
      said={t('visit.done')}
      send={send}
      close={close}
      fields={({ how, photos }, put) => (
        <>
          <PickField
            label={t('visit.how')}
            value={how}
            options={[
              ['drawn', t('visit.drawn')],
              ['paper', t('visit.paper')],
            ]}
            pick={value => put({ how: value === 'paper' ? 'paper' : 'drawn' })}
          />
          {how === 'drawn' ? (
            <SignaturePad canvas={pad} />
          ) : (
            <PhotosInput most={1} value={photos} onChange={next => put({ photos: next })} />
          )}
        </>
      )}
    />
  )
}

async function drawn(programme: string, canvas: HTMLCanvasElement | null): Promise<string | undefined> {
  if (!canvas?.dataset.signed) return undefined
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
  return blob
    ? uploadFile(programme, new File([blob], 'signature.png', { type: 'image/png' }), 'photo')
    : undefined
}
