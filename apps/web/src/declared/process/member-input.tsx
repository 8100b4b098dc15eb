import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/call.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { platformRoutes } from '../routes.ts'

interface MemberInputProps {
  readonly label: string
  readonly value: string
  readonly error: string | undefined
  change(member: string): void
}

/** A colleague: one who may be given what the member was given. */
export function MemberInput({ label, value, error, change }: MemberInputProps) {
  const { t } = useTranslation(['process', 'declared'])
  const id = useId()
  const programme = useProgrammeId()
  const found = useQuery({
    queryKey: ['colleagues', programme],
    queryFn: ({ signal }) => send(platformRoutes.colleagues, { params: { programme }, signal }),
    staleTime: 300_000,
    retry: false,
  })
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-fault` : undefined}
        onChange={event => change(event.target.value)}
      >
        <option value="">{t('choose', { ns: 'declared' })}</option>
        {(found.data ?? []).map(({ member, name }) => (
          <option key={member} value={member}>
            {name}
          </option>
        ))}
      </select>
      {error ? (
        <p id={`${id}-fault`} className="field-error">
          {error}
        </p>
      ) : null}
    </div>
  )
}
