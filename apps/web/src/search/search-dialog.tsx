import type { Found } from '@silian/kernel/search/contract.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../api/send.ts'
import { Overlay } from '../declared/overlay.tsx'
import { useMember } from '../session/me.ts'
import { useProgrammeId } from '../session/programme.ts'
import { hasRole } from '../session/roles.ts'
import { Loading, ProblemNotice } from '../ui/states.tsx'
import { Hits } from './hits.tsx'
import { IdentityForm, isNumber } from './identity-form.tsx'
import { stepOf } from './keys.ts'
import { searchRoutes } from './routes.ts'
import './search.css'

const LIST = 'search-hits'

/** What is typed is looked for at once; arrows go through what was found, Enter opens it. */
export function SearchDialog({ close }: { close(): void }) {
  const { t } = useTranslation('search')
  const programme = useProgrammeId()
  const [typed, type] = useState('')
  const q = useDeferredValue(typed.trim())
  const field = useRef<HTMLInputElement>(null)
  // after the dialog has opened and put the focus on its first control
  useEffect(() => field.current?.focus(), [])
  const found = useQuery({
    queryKey: ['search', programme, q],
    queryFn: ({ signal }) => send(searchRoutes.search, { params: { programme }, query: { q }, signal }),
    // a number that people are known by goes into no address
    enabled: q !== '' && !isNumber(q),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  return (
    <Overlay kind="dialog" title={t('title')} close={close}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the field and the links within */}
      <div className="search" onKeyDown={moveFocus}>
        <input
          type="search"
          className="search-field"
          aria-label={t('field')}
          placeholder={t('placeholder')}
          aria-controls={LIST}
          maxLength={100}
          ref={field}
          value={typed}
          onChange={event => type(event.target.value)}
        />
        <div id={LIST}>
          {isNumber(q) ? (
            <Person number={q} close={close} />
          ) : q === '' ? (
            <p className="muted">{t('hint')}</p>
          ) : found.isError ? (
            <ProblemNotice error={found.error} retry={found.refetch} />
          ) : found.data ? (
            <Result found={found.data} q={q} close={close} />
          ) : (
            <Loading lines={3} />
          )}
        </div>
      </div>
    </Overlay>
  )
}

function Result({ found, q, close }: { found: Found; q: string; close(): void }) {
  const { t } = useTranslation('search')
  const count = found.groups.reduce((sum, { hits }) => sum + hits.length, 0)
  return (
    <>
      <p className="visually-hidden" role="status">
        {t('count', { count })}
      </p>
      {count === 0 ? <p className="muted">{t('none', { q })}</p> : <Hits found={found} close={close} />}
    </>
  )
}

function Person({ number, close }: { number: string; close(): void }) {
  const { t } = useTranslation('search')
  const member = useMember()
  if (!hasRole(member, 'village_cadre', 'county_officer'))
    return <p className="muted">{t('number.forbidden')}</p>
  return <IdentityForm number={number} close={close} />
}

/** The field and the links below it are one column for the arrows. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const places = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('input[type=search], .search-hit[href]'),
  ]
  const next = stepOf(event.key, places.indexOf(document.activeElement as HTMLElement), places.length)
  if (next === undefined) return
  event.preventDefault()
  places[next]!.focus()
}
