import type { Client } from '@silian/kernel/access/administration-contract.ts'
import { isSeparated, type Role, roles } from '@silian/kernel/access/roles.ts'
import { useState } from 'react'
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
import { Instant } from '../../ui/values.tsx'
import { useCodes } from './codes.ts'
import { PickOrganisation } from './pickers.tsx'
import { adminRoutes } from './routes.ts'
import { ShownOnce } from './shown-once.tsx'
import './admin.css'

/** Machines with a key: other systems, cabinets, scales, tills. */
export function ClientsPage() {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const [making, make] = useState(false)
  const [secret, setSecret] = useState<string>()
  const pages = usePages(['clients', programme], (after, signal) =>
    send(adminRoutes.clients, { params: { programme }, query: { ...after, limit: 50 }, signal }),
  )
  return (
    <Page
      title={t('clients')}
      lead={t('clients.lead')}
      actions={
        <button type="button" className="button button-main" onClick={() => make(true)}>
          {t('client.new')}
        </button>
      }
    >
      <Paged pages={pages} empty={<Empty title={t('clients.none')} />}>
        {clients => <ClientTable clients={clients} />}
      </Paged>
      {making ? (
        <NewClient
          close={() => make(false)}
          made={key => {
            make(false)
            setSecret(key)
          }}
        />
      ) : null}
      {secret ? (
        <ShownOnce
          title={t('client.made')}
          text={t('client.made.text')}
          secret={secret}
          close={() => setSecret(undefined)}
        />
      ) : null}
    </Page>
  )
}

function ClientTable({ clients }: { clients: readonly Client[] }) {
  const { t } = useTranslation(['admin', 'common'])
  const name = useLocalName()
  const codes = useCodes()
  const [revoking, revoke] = useState<Client>()
  return (
    <ScrollArea className="card" label={t('clients')}>
      <table className="table table-rows">
        <thead>
          <tr>
            <th scope="col">{t('client.name')}</th>
            <th scope="col">{t('organisation')}</th>
            <th scope="col">{t('role')}</th>
            <th scope="col">{t('client.scopes')}</th>
            <th scope="col">{t('client.created')}</th>
            <th scope="col">{t('client.state')}</th>
          </tr>
        </thead>
        <tbody>
          {clients.map(client => (
            <tr key={client.id}>
              <th scope="row">
                {client.name} <span className="badge badge-plain">{t(`client.${client.kind}`)}</span>
              </th>
              <td data-label={t('organisation')}>{name(client.organisation)}</td>
              <td data-label={t('role')}>{t(`role.${client.role}`, { ns: 'common' })}</td>
              <td data-label={t('client.scopes')} title={client.scopes.join(' ')}>
                {client.scopes.map(codes.scope).join(t('list.join'))}
              </td>
              <td data-label={t('client.created')}>
                <Instant at={client.createdAt} />
              </td>
              <td data-label={t('client.state')}>
                {client.revokedAt ? (
                  <span className="badge badge-bad">{t('client.revoked')}</span>
                ) : (
                  <button type="button" className="button button-small" onClick={() => revoke(client)}>
                    {t('client.revoke')}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {revoking ? <Revoke client={revoking} close={() => revoke(undefined)} /> : null}
    </ScrollArea>
  )
}

function Revoke({ client, close }: { client: Client; close(): void }) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  return (
    <DialogForm<object>
      name={`${programme}.client.${client.id}.revoke`}
      title={t('client.revoke.title', { name: client.name })}
      hint={t('client.revoke.hint')}
      empty={{}}
      sendLabel={t('client.revoke')}
      said={t('act.done')}
      close={close}
      send={(_, key) =>
        send(adminRoutes.revokeClient, { params: { programme, client: client.id }, key, body: {} })
      }
      fields={() => null}
    />
  )
}

interface Draft {
  readonly name: string
  readonly kind: Client['kind']
  readonly organisationId: string
  readonly role: Role
  readonly scopes: string
}

const empty: Draft = { name: '', kind: 'client', organisationId: '', role: 'coop_clerk', scopes: '' }

function NewClient({ close, made }: { close(): void; made(secret: string): void }) {
  const { t } = useTranslation(['admin', 'common'])
  const programme = useProgrammeId()
  return (
    <DialogForm<Draft>
      name={`${programme}.client.new`}
      title={t('client.new')}
      hint={t('client.new.hint')}
      empty={empty}
      sendLabel={t('client.make')}
      said={t('client.made')}
      close={close}
      send={async ({ scopes, ...draft }, key) => {
        const body = { ...draft, scopes: scopes.split(/\s+/).filter(scope => scope !== '') }
        made((await send(adminRoutes.newClient, { params: { programme }, key, body })).secret)
      }}
      fields={(draft, put) => (
        <>
          <Field
            label={t('client.name')}
            name="name"
            required
            maxLength={80}
            value={draft.name}
            onChange={event => put({ name: event.target.value })}
          />
          <PickField
            label={t('client.kind')}
            value={draft.kind}
            options={(['client', 'device'] as const).map(kind => [kind, t(`client.${kind}`)] as const)}
            pick={kind => put({ kind: kind as Client['kind'] })}
          />
          <PickOrganisation
            label={t('organisation')}
            required
            value={draft.organisationId}
            pick={organisationId => put({ organisationId })}
          />
          <PickField
            label={t('role')}
            value={draft.role}
            options={roles
              .filter(role => !isSeparated(role))
              .map(role => [role, t(`role.${role}`, { ns: 'common' })] as const)}
            pick={role => put({ role: role as Role })}
          />
          <Field
            label={t('client.scopes')}
            hint={t('client.scopes.hint')}
            name="scopes"
            required
            pattern="\s*(\*|[a-z_]+\.(\*|[a-z_]+))(\s+(\*|[a-z_]+\.(\*|[a-z_]+)))*\s*"
            value={draft.scopes}
            onChange={event => put({ scopes: event.target.value })}
          />
        </>
      )}
    />
  )
}
