import type { Proposal } from '@silian/chains/production/links/contract.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { Choices } from '../desk/fields.tsx'
import { PhotosInput } from '../desk/photos-input.tsx'
import { useProgrammeId } from '../session/programme.ts'
import { useTermsText } from './terms.tsx'

interface Draft {
  readonly given: boolean
  readonly photos: readonly string[]
}

const empty: Draft = { given: true, photos: [] }

/** Records what a household said to an offered link: its consent on paper, with the photograph, or its refusal. */
export function Answer({ proposal, close }: { proposal: Proposal; close(): void }) {
  const { t } = useTranslation('links')
  const programme = useProgrammeId()
  const terms = useTermsText()
  const id = useId()
  const send = ({ given, photos }: Draft, key: string) =>
    call('answerProposal', {
      params: { programme, link: proposal.id },
      key,
      body: { given, ...(photos[0] ? { photoId: photos[0] } : {}) },
    })
  return (
    <DialogForm<Draft>
      name={`${programme}.link.${proposal.id}`}
      title={t('answer.of', { name: proposal.headName })}
      hint={terms(proposal.formula, proposal.productName)}
      empty={empty}
      sendLabel={t('answer.send')}
      said={t('answered')}
      send={send}
      close={close}
      fields={({ given, photos }, put) => (
        <>
          <Choices legend={t('answer.said')}>
            {[true, false].map(one => (
              <label key={String(one)} className="choice">
                <input
                  type="radio"
                  name="given"
                  checked={given === one}
                  onChange={() => put({ given: one })}
                />
                <span>{t(one ? 'answer.yes' : 'answer.no')}</span>
                <span className="muted">{t(one ? 'answer.yes.hint' : 'answer.no.hint')}</span>
              </label>
            ))}
          </Choices>
          {given ? (
            <div className="field">
              <label htmlFor={id}>{t('answer.photo')}</label>
              <PhotosInput id={id} value={photos} most={1} onChange={next => put({ photos: next })} />
            </div>
          ) : null}
        </>
      )}
    />
  )
}
