import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { processRoutes } from '../routes.ts'

const nothing = null

/** Whoever opened a case may take it back; it asks once more. */
export function Withdrawal({ id }: { id: string }) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const [asked, setAsked] = useState(false)
  const { key, done } = useIntention(`${programme}.withdraw.${id}`, nothing)
  const withdraw = useMutation({
    mutationFn: () => send(processRoutes.withdraw, { params: { programme, case: id }, key, body: {} }),
    onSuccess: async () => {
      done()
      say(t('withdrawn'))
      await client.invalidateQueries()
    },
  })
  if (!asked)
    return (
      <p>
        <button type="button" className="button button-small" onClick={() => setAsked(true)}>
          {t('withdraw')}
        </button>
      </p>
    )
  return (
    <div className="notice notice-wait">
      <p>{t('withdraw.sure')}</p>
      <div className="form-actions">
        <button type="button" className="button button-small" onClick={() => setAsked(false)}>
          {t('cancel', { ns: 'common' })}
        </button>
        <button
          type="button"
          className="button button-small button-main"
          disabled={withdraw.isPending}
          onClick={() => withdraw.mutate()}
        >
          {t('withdraw.send')}
        </button>
      </div>
      {withdraw.isError ? <ProblemNotice error={withdraw.error} /> : null}
    </div>
  )
}
