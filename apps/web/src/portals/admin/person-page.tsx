import type { Held, PersonDetail } from '@silian/kernel/access/administration-contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { LoadedPage, Page, Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Day, Instant } from '../../ui/values.tsx'
import { StateBadge } from './people-page.tsx'
import { GrantRole } from './role-form.tsx'
import { adminRoutes } from './routes.ts'
import { ShownOnce } from './shown-once.tsx'
import './admin.css'

/** One member: the account, the roles held and those that were. */
export function PersonPage() {
  const { t } = useTranslation(['admin', 'common'])
  const programme = useProgrammeId()
  const person = useParams({ strict: false }).person ?? ''
  const query = useQuery({
    queryKey: ['person', programme, person],
    queryFn: ({ signal }) => send(adminRoutes.person, { params: { programme, person }, signal }),
  })
  return (
    <LoadedPage query={query} title={t('person')}>
      {detail => (
        <Page title={detail.username} lead={<Lead person={detail} />} actions={<Acts person={detail} />}>
          <Notes person={detail} />
          <Section title={t('person.roles')} note={t('roles.note')}>
            <Roles person={detail} />
          </Section>
          {detail.otherRoles.length > 0 ? (
            <Section title={t('roles.other')}>
              <ul className="history card">
                {detail.otherRoles.map(held => (
                  <li key={held.id}>
                    <RoleText held={held} />
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
        </Page>
      )}
    </LoadedPage>
  )
}

function Lead({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('admin')
  const [clear, setClear] = useState<string>()
  const [asking, ask] = useState(false)
  return (
    <>
      {clear ?? person.name ?? t('erased')} <StateBadge state={person.state} /> {t('person.since')}{' '}
      <Day at={person.createdAt} />{' '}
      {clear === undefined && person.name !== null ? (
        <button type="button" className="tree-name" onClick={() => ask(true)}>
          {t('reveal')}
        </button>
      ) : null}
      {asking ? <Reveal person={person.id} close={() => ask(false)} show={setClear} /> : null}
    </>
  )
}

interface RevealProps {
  readonly person: string
  close(): void
  show(name: string): void
}

function Reveal({ person, close, show }: RevealProps) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  return (
    <DialogForm<{ purpose: string }>
      name={`${programme}.person.${person}.reveal`}
      title={t('reveal')}
      hint={t('reveal.hint')}
      empty={{ purpose: '' }}
      sendLabel={t('reveal.send')}
      said={t('reveal.done')}
      close={close}
      send={async body => {
        const { name } = await send(adminRoutes.reveal, { params: { programme, person }, body })
        show(name ?? t('erased'))
      }}
      fields={(draft, put) => (
        <Field
          label={t('purpose')}
          name="purpose"
          required
          maxLength={200}
          value={draft.purpose}
          onChange={event => put({ purpose: event.target.value })}
        />
      )}
    />
  )
}

/** Why something cannot be done here, before anybody tries. */
function Notes({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('admin')
  const notes = (['self', 'shared', 'administrator'] as const).filter(note => person[note])
  return notes.map(note => (
    <p key={note} className="notice notice-wait">
      {t(`note.${note}`)}
    </p>
  ))
}

type Change = 'lock' | 'unlock' | 'password' | 'closing' | 'erasure'

/** An account that names nobody any more. */
const isErased = (username: string): boolean => username.startsWith('erased-')

function changesOf({ state, self, shared, administrator, username }: PersonDetail): Change[] {
  if (self) return []
  if (state === 'closed') return shared || administrator || isErased(username) ? [] : ['erasure']
  const account: Change[] = [
    state === 'locked' ? 'unlock' : 'lock',
    ...(administrator ? [] : (['password'] as const)),
  ]
  return [...(shared ? [] : account), 'closing']
}

function Acts({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('admin')
  const [change, setChange] = useState<Change>()
  const [password, setPassword] = useState<string>()
  return (
    <>
      {changesOf(person).map(one => (
        <button key={one} type="button" className="button button-small" onClick={() => setChange(one)}>
          {t(`change.${one}`)}
        </button>
      ))}
      {change ? (
        <ChangeForm person={person} change={change} close={() => setChange(undefined)} given={setPassword} />
      ) : null}
      {password ? (
        <ShownOnce
          title={t('change.password')}
          text={t('person.made.text', { username: person.username })}
          secret={password}
          close={() => setPassword(undefined)}
        />
      ) : null}
    </>
  )
}

interface ChangeFormProps {
  readonly person: PersonDetail
  readonly change: Change
  close(): void
  given(password: string): void
}

function ChangeForm({ person, change, close, given }: ChangeFormProps) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  return (
    <DialogForm<object>
      name={`${programme}.person.${person.id}.${change}`}
      title={t(`change.${change}.title`, { username: person.username })}
      hint={t(`change.${change}.hint`)}
      empty={{}}
      sendLabel={t(`change.${change}`)}
      said={t('act.done')}
      close={close}
      send={async (_, key) => {
        const options = { params: { programme, person: person.id }, key, body: {} }
        if (change !== 'password') return send(adminRoutes[change], options)
        given((await send(adminRoutes.password, options)).password)
      }}
      fields={() => null}
    />
  )
}

function Roles({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('admin')
  const [granting, grant] = useState(false)
  const [ending, end] = useState<Held>()
  return (
    <div className="stack">
      {person.roles.length === 0 ? (
        <Empty title={t('roles.none')} />
      ) : (
        <ul className="history card">
          {person.roles.map(held => (
            <li key={held.id}>
              <RoleText held={held} />
              {person.self ? null : (
                <button type="button" className="button button-small" onClick={() => end(held)}>
                  {t('role.end')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {person.self || person.state === 'closed' ? null : (
        <div>
          <button type="button" className="button button-main" onClick={() => grant(true)}>
            {t('role.grant')}
          </button>
        </div>
      )}
      {granting ? <GrantRole person={person} close={() => grant(false)} /> : null}
      {ending ? <EndRole person={person} held={ending} close={() => end(undefined)} /> : null}
    </div>
  )
}

function RoleText({ held }: { held: Held }) {
  const { t } = useTranslation(['admin', 'common'])
  const name = useLocalName()
  return (
    <>
      <strong>{t(`role.${held.role}`, { ns: 'common' })}</strong>
      {held.organisation ? <span>{name(held.organisation)}</span> : null}
      {held.areaCode ? <span className="muted">{t('role.area', { code: held.areaCode })}</span> : null}
      <span className="muted">
        <Instant at={held.from} /> – {held.to ? <Instant at={held.to} /> : t('role.open')}
      </span>
    </>
  )
}

function EndRole({ person, held, close }: { person: PersonDetail; held: Held; close(): void }) {
  const { t } = useTranslation(['admin', 'common'])
  const programme = useProgrammeId()
  return (
    <DialogForm<object>
      name={`${programme}.role.${held.id}.end`}
      title={t('role.end.title', {
        role: t(`role.${held.role}`, { ns: 'common' }),
        username: person.username,
      })}
      hint={t('role.end.hint')}
      empty={{}}
      sendLabel={t('role.end')}
      said={t('act.done')}
      close={close}
      send={(_, key) => send(adminRoutes.endRole, { params: { programme, role: held.id }, key, body: {} })}
      fields={() => null}
    />
  )
}
