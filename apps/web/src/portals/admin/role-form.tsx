import type { PersonDetail } from '@silian/kernel/access/administration-contract.ts'
import { isSeparated, needsOrganisation, type Role, roles } from '@silian/kernel/access/roles.ts'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { PickField } from '../../desk/fields.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { PickArea, PickOrganisation } from './pickers.tsx'
import { adminRoutes } from './routes.ts'

interface Draft {
  readonly role: Role
  readonly organisationId: string
  readonly areaCode: string
  readonly from: string
  readonly to: string
}

const empty: Draft = { role: 'buyer', organisationId: '', areaCode: '', from: '', to: '' }

/** Only what was filled in. */
const bodyOf = ({ role, ...draft }: Draft) => ({
  role,
  ...Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== '')),
})

export function GrantRole({ person, close }: { person: PersonDetail; close(): void }) {
  const { t } = useTranslation(['admin', 'common'])
  const programme = useProgrammeId()
  return (
    <DialogForm<Draft>
      name={`${programme}.person.${person.id}.role`}
      title={t('role.grant.title', { username: person.username })}
      hint={t('role.grant.hint')}
      empty={empty}
      sendLabel={t('role.grant')}
      said={t('act.done')}
      close={close}
      send={(draft, key) =>
        send(adminRoutes.grant, { params: { programme, person: person.id }, key, body: bodyOf(draft) })
      }
      fields={(draft, put) => (
        <>
          <PickField
            label={t('role')}
            value={draft.role}
            options={roles.map(role => [role, t(`role.${role}`, { ns: 'common' })] as const)}
            {...(isSeparated(draft.role) ? { hint: t('role.separated') } : {})}
            pick={role => put({ role: role as Role })}
          />
          {needsOrganisation(draft.role) ? (
            <PickOrganisation
              label={t('organisation')}
              required
              value={draft.organisationId}
              pick={organisationId => put({ organisationId })}
            />
          ) : null}
          <PickArea
            label={t('role.where')}
            hint={t('role.where.hint')}
            value={draft.areaCode}
            pick={areaCode => put({ areaCode })}
          />
          <div className="field-pair">
            <Field
              label={t('role.from')}
              type="date"
              value={draft.from}
              onChange={event => put({ from: event.target.value })}
            />
            <Field
              label={t('role.to')}
              hint={t('role.to.hint')}
              type="date"
              value={draft.to}
              onChange={event => put({ to: event.target.value })}
            />
          </div>
        </>
      )}
    />
  )
}
