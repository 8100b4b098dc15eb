import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopCall } from '../api.ts'
import { Field } from '../ui/field.tsx'
import { useProgramme } from '../ui/go.tsx'
import { Trouble } from '../ui/notice.tsx'

/** A code to the phone proves it: all that was bought with it is shown, on whatever device. */
export function PhoneForm({ guest }: { guest: boolean }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const queries = useQueryClient()
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const ask = useMutation({
    mutationFn: () => shopCall('askCode', { params: { programme }, body: { phone } }),
  })
  const prove = useMutation({
    mutationFn: () => shopCall('proveCode', { params: { programme }, body: { phone, code } }),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <form
      className="note-form"
      onSubmit={event => {
        event.preventDefault()
        if (ask.isSuccess) prove.mutate()
        else ask.mutate()
      }}
    >
      <p className="soft">{t(guest ? 'me.prove.guest' : 'me.prove')}</p>
      <Field label={t('me.phone')}>
        {its => (
          <input
            {...its}
            className="input"
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            required
            maxLength={24}
            value={phone}
            onChange={event => {
              setPhone(event.target.value)
              ask.reset()
            }}
          />
        )}
      </Field>
      {ask.isSuccess ? (
        <Field label={t('me.code')}>
          {its => (
            <input
              {...its}
              className="input"
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              maxLength={6}
              value={code}
              onChange={event => setCode(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <p role="status" className="small soft">
        {ask.isSuccess ? t('me.code.sent', { minutes: Math.round(ask.data.goodForSeconds / 60) }) : null}
      </p>
      {ask.isError || prove.isError ? <Trouble error={prove.error ?? ask.error} /> : null}
      <button type="submit" className="button" disabled={ask.isPending || prove.isPending}>
        {t(ask.isSuccess ? 'me.prove.go' : 'me.code.ask')}
      </button>
    </form>
  )
}
