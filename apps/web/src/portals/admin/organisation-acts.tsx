import type { OrganisationDetail, SuccessionBody } from '@silian/kernel/access/administration-contract.ts'
import { type OrganisationType, organisationTypes } from '@silian/kernel/access/organisation-types.ts'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { PickField } from '../../desk/fields.tsx'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { PickArea, PickOrganisation } from './pickers.tsx'
import { adminRoutes } from './routes.ts'

export type Act = SuccessionBody['kind']

interface Draft {
  readonly nameZh: string
  readonly nameEn: string
  readonly other: string
  readonly areaCode: string
  readonly date: string
}

interface ActProps {
  readonly act: Act
  readonly organisation: OrganisationDetail
  close(): void
}

/** What becomes of an organisation, from a day on. */
export function OrganisationAct({ act, organisation, close }: ActProps) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const name = useLocalName()
  const { id, nameZh, nameEn } = organisation
  return (
    <DialogForm<Draft>
      name={`${programme}.organisation.${id}.${act}`}
      title={t(`act.${act}.title`, { name: name(organisation) })}
      hint={t(`act.${act}.hint`)}
      empty={{ nameZh, nameEn, other: '', areaCode: '', date: '' }}
      sendLabel={t(`act.${act}`)}
      said={t('act.done')}
      close={close}
      send={(draft, key) =>
        send(adminRoutes.succession, {
          params: { programme, organisation: id },
          key,
          body: bodyOf(act, draft),
        })
      }
      fields={(draft, put) => (
        <>
          {act === 'rename' ? <Names draft={draft} put={put} /> : null}
          {act === 'parent' || act === 'merge' ? (
            <PickOrganisation
              label={t(act === 'merge' ? 'act.into' : 'act.under')}
              hint={t(act === 'merge' ? 'act.into.hint' : 'act.under.hint')}
              required={act === 'merge'}
              value={draft.other}
              pick={other => put({ other })}
            />
          ) : null}
          {act === 'parent' ? (
            <PickArea
              label={t('organisation.area')}
              hint={t('act.area.hint')}
              value={draft.areaCode}
              pick={areaCode => put({ areaCode })}
            />
          ) : null}
          <Field
            label={t('act.date')}
            hint={t('act.date.hint')}
            type="date"
            value={draft.date}
            onChange={event => put({ date: event.target.value })}
          />
        </>
      )}
    />
  )
}

function bodyOf(act: Act, { nameZh, nameEn, other, areaCode, date }: Draft): SuccessionBody {
  const from = date ? { date } : {}
  if (act === 'rename') return { kind: act, nameZh, nameEn, ...from }
  if (act === 'merge') return { kind: act, into: other, ...from }
  if (act === 'close') return { kind: act, ...from }
  return { kind: act, parentId: other || null, ...(areaCode ? { areaCode } : {}), ...from }
}

interface Named {
  readonly nameZh: string
  readonly nameEn: string
}

function Names({ draft, put }: { draft: Named; put(change: Partial<Named>): void }) {
  const { t } = useTranslation('admin')
  return (
    <>
      <Field
        label={t('organisation.nameZh')}
        name="nameZh"
        required
        maxLength={80}
        value={draft.nameZh}
        onChange={event => put({ nameZh: event.target.value })}
      />
      <Field
        label={t('organisation.nameEn')}
        name="nameEn"
        required
        maxLength={120}
        value={draft.nameEn}
        onChange={event => put({ nameEn: event.target.value })}
      />
    </>
  )
}

interface NewDraft extends Named {
  readonly key: string
  readonly type: OrganisationType
  readonly areaCode: string
  readonly parentId: string
}

const empty: NewDraft = {
  nameZh: '',
  nameEn: '',
  key: '',
  type: 'cooperative',
  areaCode: '',
  parentId: '',
}

export function NewOrganisation({ close }: { close(): void }) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  return (
    <DialogForm<NewDraft>
      name={`${programme}.organisation.new`}
      title={t('organisation.new')}
      hint={t('organisation.new.hint')}
      empty={empty}
      sendLabel={t('organisation.make')}
      said={t('organisation.made')}
      close={close}
      send={({ parentId, ...draft }, key) =>
        send(adminRoutes.newOrganisation, {
          params: { programme },
          key,
          body: { ...draft, ...(parentId ? { parentId } : {}) },
        })
      }
      fields={(draft, put) => (
        <>
          <Names draft={draft} put={put} />
          <Field
            label={t('organisation.key')}
            hint={t('organisation.key.hint')}
            name="key"
            required
            pattern="[a-z0-9][a-z0-9._\-]{0,79}"
            value={draft.key}
            onChange={event => put({ key: event.target.value })}
          />
          <PickField
            label={t('organisation.type')}
            value={draft.type}
            options={organisationTypes.map(type => [type, t(`type.${type}`)] as const)}
            pick={type => put({ type: type as OrganisationType })}
          />
          <PickArea
            label={t('organisation.area')}
            required
            value={draft.areaCode}
            pick={areaCode => put({ areaCode })}
          />
          <PickOrganisation
            label={t('organisation.parent')}
            hint={t('act.under.hint')}
            value={draft.parentId}
            pick={parentId => put({ parentId })}
          />
        </>
      )}
    />
  )
}
