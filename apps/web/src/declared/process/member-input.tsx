import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { platformRoutes } from '../routes.ts'

interface MemberInputProps {
  readonly label: string
  readonly value: string
  readonly error: string | undefined
  readonly colleagues: Colleagues
  change(member: string): void
}

type Colleagues = ReturnType<typeof useColleagues>

/** Those who may be given a task or, without one, may stand in. */
export function useColleagues(task?: string) {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['colleagues', programme, task],
    queryFn: ({ signal }) =>
      send(platformRoutes.colleagues, { params: { programme }, query: task ? { task } : {}, signal }),
    staleTime: 300_000,
    retry: false,
  })
}

/** Who was chosen before, and may still be. */
export const chosenOf = ({ data = [] }: Colleagues, chosen: string): string =>
  data.some(({ member }) => member === chosen) ? chosen : ''

/** A colleague: one who may do what the member was given. */
export function MemberInput({ label, value, error, colleagues, change }: MemberInputProps) {
  const { t } = useTranslation(['process', 'declared'])
  const id = useId()
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
        {(colleagues.data ?? []).map(({ member, name }) => (
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
