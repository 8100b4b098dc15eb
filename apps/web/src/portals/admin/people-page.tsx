import type { Held, Person } from '@silian/kernel/access/administration-contract.ts'
import { type Role, roles } from '@silian/kernel/access/roles.ts'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { PickField } from '../../desk/fields.tsx'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Empty } from '../../ui/states.tsx'
import { adminRoutes } from './routes.ts'
import { ShownOnce } from './shown-once.tsx'
import './admin.css'

const states = ['active', 'invited', 'locked', 'closed'] as const

interface Filter {
  readonly q: string
  readonly role: string
  readonly state: string
}

/** Members of the programme and what they may do. */
export function PeoplePage() {
  const { t } = useTranslation(['admin', 'common'])
  const programme = useProgrammeId()
  const [filter, setFilter] = useState<Filter>({ q: '', role: '', state: '' })
  const [making, make] = useState(false)
  const [made, setMade] = useState<{ username: string; password: string }>()
  const { q, role, state } = useDeferredValue(filter)
  const query = {
    q: q.trim() || undefined,
    role: (role || undefined) as Role | undefined,
    state: (state || undefined) as Person['state'] | undefined,
  }
  const pages = usePages(['people', programme, query], (after, signal) =>
    send(adminRoutes.people, { params: { programme }, query: { ...query, ...after, limit: 50 }, signal }),
  )
  const put = (change: Partial<Filter>) => setFilter({ ...filter, ...change })
  return (
    <Page
      title={t('people')}
      lead={t('people.lead')}
      actions={
        <button type="button" className="button button-main" onClick={() => make(true)}>
          {t('person.new')}
        </button>
      }
    >
      <div className="filters card">
        <Field
          label={t('people.q')}
          type="search"
          value={filter.q}
          onChange={event => put({ q: event.target.value })}
        />
        <PickField
          label={t('role')}
          none={t('any')}
          value={filter.role}
          options={roles.map(one => [one, t(`role.${one}`, { ns: 'common' })] as const)}
          pick={one => put({ role: one })}
        />
        <PickField
          label={t('person.state')}
          none={t('any')}
          value={filter.state}
          options={states.map(one => [one, t(`state.${one}`)] as const)}
          pick={one => put({ state: one })}
        />
      </div>
      <Paged pages={pages} empty={<Empty title={t('people.none')} />}>
        {people => <PeopleTable people={people} />}
      </Paged>
      {making ? (
        <NewPerson
          close={() => make(false)}
          made={person => {
            make(false)
            setMade(person)
          }}
        />
      ) : null}
      {made ? (
        <ShownOnce
          title={t('person.made')}
          text={t('person.made.text', { username: made.username })}
          secret={made.password}
          close={() => setMade(undefined)}
        />
      ) : null}
    </Page>
  )
}

function PeopleTable({ people }: { people: readonly Person[] }) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  return (
    <ScrollArea className="card" label={t('people')}>
      <table className="table table-rows">
        <thead>
          <tr>
            <th scope="col">{t('person.username')}</th>
            <th scope="col">{t('person.name')}</th>
            <th scope="col">{t('person.state')}</th>
            <th scope="col">{t('person.roles')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map(person => (
            <tr key={person.id}>
              <th scope="row">
                <Link to="/p/$programme/admin/people/$person" params={{ programme, person: person.id }}>
                  {person.username}
                </Link>
              </th>
              <td data-label={t('person.name')}>{person.name ?? t('erased')}</td>
              <td data-label={t('person.state')}>
                <StateBadge state={person.state} />
              </td>
              <td data-label={t('person.roles')}>
                <div className="role-list">
                  {person.roles.map(held => (
                    <RoleBadge key={held.id} held={held} />
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

const colours = { active: '', invited: 'badge-wait', locked: 'badge-bad', closed: 'badge-plain' } as const

export function StateBadge({ state }: { state: Person['state'] }) {
  const { t } = useTranslation('admin')
  return <span className={`badge ${colours[state]}`}>{t(`state.${state}`)}</span>
}

function RoleBadge({ held }: { held: Held }) {
  const { t } = useTranslation('common')
  const name = useLocalName()
  return (
    <span className="badge badge-plain">
      {t(`role.${held.role}`)}
      {held.organisation ? ` · ${name(held.organisation)}` : ''}
    </span>
  )
}

interface NewPersonProps {
  close(): void
  made(person: { username: string; password: string }): void
}

function NewPerson({ close, made }: NewPersonProps) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  return (
    <DialogForm<{ username: string; name: string }>
      name={`${programme}.person.new`}
      title={t('person.new')}
      hint={t('person.new.hint')}
      empty={{ username: '', name: '' }}
      sendLabel={t('person.make')}
      said={t('person.made')}
      close={close}
      send={async (body, key) =>
        made(await send(adminRoutes.newPerson, { params: { programme }, key, body }))
      }
      fields={(draft, put) => (
        <>
          <Field
            label={t('person.username')}
            hint={t('person.username.hint')}
            name="username"
            autoComplete="off"
            autoCapitalize="none"
            required
            minLength={2}
            maxLength={64}
            value={draft.username}
            onChange={event => put({ username: event.target.value })}
          />
          <Field
            label={t('person.name')}
            hint={t('person.name.hint')}
            name="name"
            autoComplete="off"
            required
            maxLength={40}
            value={draft.name}
            onChange={event => put({ name: event.target.value })}
          />
        </>
      )}
    />
  )
}
