import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Believed, readPolicy } from './check.ts'

/** How long ago the witnesses may have spoken, in days; without a choice at any time. */
export const ages = [1, 30, 365] as const

interface TrustProps {
  readonly believed: Believed | undefined
  readonly onOwn: (own: Believed | undefined) => void
  readonly days: number | undefined
  readonly onDays: (days: number | undefined) => void
}

/** Whom the visitor believes: the policy that this server shows, or a better one of their own. */
export function TrustPanel({ believed, onOwn, days, onDays }: TrustProps) {
  const { t } = useTranslation('receipts')
  const [wrong, setWrong] = useState(false)
  const file = useId()
  const age = useId()
  const take = async (given: File | undefined) => {
    if (!given) return
    const read = readPolicy(await given.text())
    setWrong(!read.ok)
    if (read.ok) onOwn({ policy: read.value, from: 'own' })
  }
  return (
    <details className="receipt-trust card">
      <summary>{t('trust')}</summary>
      <p>{t(believed ? `trust.${believed.from}` : 'trust.none')}</p>
      {believed ? <Keys believed={believed} /> : null}
      <div className="field">
        <label htmlFor={file}>{t('trust.file')}</label>
        <input id={file} type="file" onChange={event => void take(event.target.files?.[0])} />
        {wrong ? (
          <p className="field-error" role="alert">
            {t('trust.wrong')}
          </p>
        ) : null}
      </div>
      {believed?.from === 'own' ? (
        <button type="button" className="button button-small" onClick={() => onOwn(undefined)}>
          {t('trust.back')}
        </button>
      ) : null}
      <div className="field">
        <label htmlFor={age}>{t('trust.age')}</label>
        <select
          id={age}
          value={days ?? ''}
          onChange={event => onDays(event.target.value === '' ? undefined : Number(event.target.value))}
        >
          <option value="">{t('trust.age.any')}</option>
          {ages.map(count => (
            <option key={count} value={count}>
              {t('trust.age.days', { count })}
            </option>
          ))}
        </select>
      </div>
    </details>
  )
}

/** The names and key ids to compare with what stands printed elsewhere. */
function Keys({ believed: { policy } }: { believed: Believed }) {
  const { t } = useTranslation('receipts')
  const keys = [
    ...policy.logs.map(({ key }) => ({ key, kind: 'trust.log' as const })),
    ...[...policy.witnesses.values()].map(({ key }) => ({ key, kind: 'trust.witness' as const })),
  ]
  return (
    <ul>
      {keys.map(({ key, kind }) => (
        <li key={key.id + key.name}>
          {t(kind)} <code>{key.name}</code> <code className="muted">{key.id}</code>
        </li>
      ))}
    </ul>
  )
}
