import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../../api/problem.ts'
import { shopCall } from '../api.ts'
import { bareNumber, isMobile } from '../checkout/draft.ts'
import { writePhone } from '../checkout/use-draft.ts'
import { Field } from '../ui/field.tsx'
import { useProgramme } from '../ui/go.tsx'
import { Trouble } from '../ui/notice.tsx'
import { CodeButton } from './code-button.tsx'
import { type Codes, noCodes, refusedCode, sentCode } from './codes.ts'

/** A code to the phone proves it: all that was bought with it is shown, on whatever device. */
export function PhoneForm({ guest }: { guest: boolean }) {
  const { t } = useTranslation('mine')
  const [written, setWritten] = useState('')
  const [code, setCode] = useState('')
  const [bad, setBad] = useState<{ phone?: string; code?: string }>({})
  const phone = bareNumber(written)
  const { ask, prove, codes } = useProof(phone, code)
  // only what became of the last act is told
  const failed = ask.error ?? prove.error
  const check = (wrong: typeof bad, act: () => void) => {
    setBad(wrong)
    ask.reset()
    prove.reset()
    if (Object.keys(wrong).length === 0) act()
  }
  const wrongPhone = isMobile(phone) ? {} : { phone: 'me.phone.bad' }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrongCode = /^\d{6}$/.test(code) ? {} : { code: 'me.code.bad' }
    check({ ...wrongPhone, ...wrongCode }, () => prove.mutate())
  }
  const isBusy = ask.isPending || prove.isPending
  return (
    <form className="note-form" noValidate onSubmit={submit}>
      <p className="soft">{t(guest ? 'me.prove.guest' : 'me.prove')}</p>
      <Field label={t('me.phone')} ns="mine" bad={bad.phone}>
        {its => (
          <input
            {...its}
            className="input"
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            maxLength={24}
            value={written}
            onChange={event => setWritten(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('me.code')} ns="mine" bad={bad.code}>
        {its => (
          <div className="code-row">
            <input
              {...its}
              className="input"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              value={code}
              onChange={event => setCode(event.target.value.trim())}
            />
            <CodeButton
              until={codes.again[phone]}
              isBusy={isBusy}
              onAsk={() => check(wrongPhone, () => ask.mutate())}
            />
          </div>
        )}
      </Field>
      <p role="status" className="small soft">
        {codes.sent ? t('me.code.sent', codes.sent) : null}
      </p>
      {failed ? <Trouble error={failed} /> : null}
      <button type="submit" className="button" disabled={isBusy}>
        {t('me.prove.go')}
      </button>
    </form>
  )
}

function useProof(phone: string, code: string) {
  const programme = useProgramme()
  const queries = useQueryClient()
  const [codes, setCodes] = useState<Codes>(noCodes)
  const ask = useMutation({
    mutationFn: () => shopCall('askCode', { params: { programme }, body: { phone } }),
    onSuccess: told => setCodes(before => sentCode(before, phone, told, Date.now())),
    onError: error => setCodes(before => refusedCode(before, phone, asProblem(error), Date.now())),
  })
  const prove = useMutation({
    mutationFn: () => shopCall('proveCode', { params: { programme }, body: { phone, code } }),
    onSuccess: async () => {
      await writePhone(programme, phone)
      await queries.invalidateQueries()
    },
  })
  return { ask, prove, codes }
}
