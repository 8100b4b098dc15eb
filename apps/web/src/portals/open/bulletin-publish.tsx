import type { Bulletin } from '@silian/chains/assurance/bulletins/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { bulletinRoutes } from './bulletin-routes.ts'

/** Freezes a draft: its figures a last time, and the hash of all it says into the log. */
export function PublishBulletin({ bulletin: { id, version, month } }: { bulletin: Bulletin }) {
  const { t } = useTranslation('bulletins')
  const programme = useProgrammeId()
  const [asked, ask] = useState(false)
  return (
    <>
      <button type="button" className="button button-main" onClick={() => ask(true)}>
        {t('publish')}
      </button>
      {asked ? (
        <DialogForm
          name={`${programme}.bulletin.${id}.${version}.publish`}
          title={t('publish.sure', { month })}
          hint={t('publish.hint')}
          empty={{}}
          sendLabel={t('publish')}
          said={t('publish.done')}
          close={() => ask(false)}
          send={(_, key) =>
            send(bulletinRoutes.publish, { params: { programme, bulletin: id }, key, body: { version } })
          }
          fields={() => null}
        />
      ) : null}
    </>
  )
}
