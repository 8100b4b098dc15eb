import type { SigningKey, SigningKeys } from '@silian/kernel/signing/contract.ts'
import { canonicalJson } from '@silian/verifier/canonical.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../api/problem.ts'
import { send } from '../api/send.ts'
import { DialogForm } from '../desk/dialog-form.tsx'
import { PickField } from '../desk/fields.tsx'
import { useMember } from '../session/me.ts'
import { useProgrammeId } from '../session/programme.ts'
import { hasRole } from '../session/roles.ts'
import { Field } from '../ui/field.tsx'
import { LoadedPage, Page } from '../ui/page.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty } from '../ui/states.tsx'
import { Instant } from '../ui/values.tsx'
import { forgetKey, keyToRegister, noteRegistered, signedWith } from './browser-keys.ts'
import { GradeHelp } from './grade.tsx'
import { signingRoutes } from './routes.ts'
import { useBrowserKeys } from './use-signing.ts'

/** Keys that an organisation keeps itself, in browsers and with its programs. */
export function KeysPage() {
  const { t } = useTranslation('signing')
  const programme = useProgrammeId()
  const found = useQuery({
    queryKey: ['signing-keys', programme],
    queryFn: ({ signal }) =>
      send(signingRoutes.keys, { params: { programme }, query: { limit: 200 }, signal }),
  })
  return (
    <LoadedPage query={found} title={t('title')}>
      {keys => <Keys keys={keys} />}
    </LoadedPage>
  )
}

const keepers = ['canteen_acceptor', 'coop_clerk', 'village_cadre', 'bank_officer'] as const
/** An auditor reads the keys and ends none. */
const enders = [...keepers, 'approver', 'security_admin'] as const

function Keys({ keys }: { keys: SigningKeys }) {
  const { t } = useTranslation('signing')
  const [making, make] = useState(false)
  const may = hasRole(useMember(), ...keepers)
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        may && keys.holders.length > 0 ? (
          <button type="button" className="button button-main" onClick={() => make(true)}>
            {t('new')}
          </button>
        ) : null
      }
    >
      {keys.items.length === 0 ? (
        <Empty title={t('none')}>{t('none.hint')}</Empty>
      ) : (
        <KeyTable keys={keys.items} />
      )}
      <GradeHelp />
      {making ? <NewKey keys={keys} close={() => make(false)} /> : null}
    </Page>
  )
}

function KeyTable({ keys }: { keys: readonly SigningKey[] }) {
  const { t } = useTranslation('signing')
  const mine = new Set(useBrowserKeys().map(key => key.keyId))
  const [ending, end] = useState<SigningKey>()
  const onlyReads = !hasRole(useMember(), ...enders)
  return (
    <ScrollArea className="card" label={t('title')}>
      <table className="table table-rows">
        <thead>
          <tr>
            <th scope="col">{t('label')}</th>
            <th scope="col">{t('holder')}</th>
            <th scope="col">{t('keyId')}</th>
            <th scope="col">{t('registered')}</th>
            <th scope="col">{t('state')}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(key => (
            <tr key={key.keyId}>
              <th scope="row">
                {key.label ?? t('unlabelled')}{' '}
                {mine.has(key.keyId) ? <span className="badge">{t('here')}</span> : null}
              </th>
              <td data-label={t('holder')}>{key.holderName}</td>
              <td className="code" data-label={t('keyId')}>
                {key.keyId}
              </td>
              <td data-label={t('registered')}>
                <Instant at={key.registeredAt} />
              </td>
              <td data-label={t('state')}>
                {key.revokedAt ? (
                  <span className="badge badge-bad">{t('ended')}</span>
                ) : (
                  <>
                    <span className="badge">{t('inUse')}</span>{' '}
                    {onlyReads ? null : (
                      <button type="button" className="button button-small" onClick={() => end(key)}>
                        {t('end')}
                      </button>
                    )}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ending ? <EndKey ended={ending} close={() => end(undefined)} /> : null}
    </ScrollArea>
  )
}

interface Draft {
  readonly holder: string
  readonly label: string
}

function NewKey({ keys, close }: { keys: SigningKeys; close(): void }) {
  const { t } = useTranslation('signing')
  const programme = useProgrammeId()
  return (
    <DialogForm<Draft>
      name={`${programme}.signing-key.new`}
      title={t('new')}
      hint={t('new.hint')}
      empty={{ holder: keys.holders[0]!.id, label: '' }}
      sendLabel={t('new.make')}
      said={t('made')}
      close={close}
      send={(draft, once) => register({ programme, log: keys.log, once }, draft)}
      fields={(draft, put) => (
        <>
          {keys.holders.length > 1 ? (
            <PickField
              label={t('holder')}
              value={draft.holder}
              options={keys.holders.map(({ id, name }) => [id, name] as const)}
              pick={holder => put({ holder })}
            />
          ) : null}
          <Field
            label={t('label')}
            hint={t('label.hint')}
            name="label"
            required
            maxLength={60}
            value={draft.label}
            onChange={event => put({ label: event.target.value })}
          />
        </>
      )}
    />
  )
}

/** Makes a key in this browser, shows that it is here, and notes it once the server has it on record. */
async function register(
  { programme, log, once }: { programme: string; log: string; once: string },
  { holder, label }: Draft,
): Promise<void> {
  const key = await keyToRegister(programme, holder)
  const said = { holder, key: key.publicKey, kind: 'browser' as const, log }
  const proof = await signedWith(key, `silian/own-key/v1\n${canonicalJson(said)}`)
  const body = { holder, kind: said.kind, label, publicKey: key.publicKey, proof }
  try {
    await send(signingRoutes.register, { params: { programme }, key: once, body })
  } catch (error) {
    // its answer was lost the last time
    if (!(error instanceof Problem && error.code === 'key.exists')) throw error
  }
  await noteRegistered(key)
}

const reasons = ['lost', 'replaced', 'left'] as const

function EndKey({ ended, close }: { ended: SigningKey; close(): void }) {
  const { t } = useTranslation('signing')
  const programme = useProgrammeId()
  return (
    <DialogForm<{ readonly reason: (typeof reasons)[number] }>
      name={`${programme}.signing-key.${ended.keyId}.end`}
      title={t('end.title', { label: ended.label ?? ended.keyId })}
      hint={t('end.hint')}
      empty={{ reason: 'lost' }}
      sendLabel={t('end')}
      said={t('end.done')}
      close={close}
      send={async (body, once) => {
        await send(signingRoutes.revoke, { params: { programme, key: ended.keyId }, key: once, body })
        await forgetKey(ended.keyId)
      }}
      fields={(draft, put) => (
        <PickField
          label={t('end.why')}
          value={draft.reason}
          options={reasons.map(reason => [reason, t(`end.${reason}`)] as const)}
          pick={reason => put({ reason: reason as (typeof reasons)[number] })}
        />
      )}
    />
  )
}
