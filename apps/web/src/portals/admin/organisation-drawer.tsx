import type { OrganisationDetail } from '@silian/kernel/access/administration-contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { Overlay } from '../../declared/overlay.tsx'
import { useMember } from '../../session/me.ts'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Loaded } from '../../ui/states.tsx'
import { Day } from '../../ui/values.tsx'
import { type Act, OrganisationAct } from './organisation-acts.tsx'
import { adminRoutes } from './routes.ts'

interface DrawerProps {
  readonly id: string
  close(): void
  open(id: string): void
}

/** One organisation with its former states, and what may become of it. */
export function OrganisationDrawer({ id, close, open }: DrawerProps) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const name = useLocalName()
  const detail = useQuery({
    queryKey: ['organisation', programme, id],
    queryFn: ({ signal }) =>
      send(adminRoutes.organisation, { params: { programme, organisation: id }, signal }),
  })
  return (
    <Overlay kind="drawer" title={detail.data ? name(detail.data) : t('organisation')} close={close}>
      <Loaded query={detail} lines={6}>
        {organisation => (
          <div className="stack">
            <About organisation={organisation} open={open} />
            <Acts organisation={organisation} />
            <History organisation={organisation} open={open} />
          </div>
        )}
      </Loaded>
    </Overlay>
  )
}

interface PartProps {
  readonly organisation: OrganisationDetail
  open(id: string): void
}

function About({ organisation, open }: PartProps) {
  const { t } = useTranslation('admin')
  const name = useLocalName()
  const { key, type, areaName, parent, validFrom, validTo, successor } = organisation
  const link = (to: { id: string; nameZh: string; nameEn: string }) => (
    <button type="button" className="tree-name" onClick={() => open(to.id)}>
      {name(to)}
    </button>
  )
  return (
    <dl className="facts">
      <div>
        <dt>{t('organisation.type')}</dt>
        <dd>{t(`type.${type}`)}</dd>
      </div>
      <div>
        <dt>{t('organisation.key')}</dt>
        <dd>{key}</dd>
      </div>
      <div>
        <dt>{t('organisation.area')}</dt>
        <dd>{name(areaName)}</dd>
      </div>
      <div>
        <dt>{t('organisation.parent')}</dt>
        <dd>{parent ? link(parent) : t('organisation.root')}</dd>
      </div>
      <div>
        <dt>{t('organisation.from')}</dt>
        <dd>
          <Day at={validFrom} />
        </dd>
      </div>
      {validTo ? (
        <div>
          <dt>{t('organisation.to')}</dt>
          <dd>
            <Day at={validTo} />
          </dd>
        </div>
      ) : null}
      {successor ? (
        <div>
          <dt>{t('organisation.successor')}</dt>
          <dd>{link(successor)}</dd>
        </div>
      ) : null}
    </dl>
  )
}

const acts: readonly Act[] = ['rename', 'parent', 'merge', 'close']

function Acts({ organisation }: { organisation: OrganisationDetail }) {
  const { t } = useTranslation('admin')
  const member = useMember()
  const [act, setAct] = useState<Act>()
  if (!hasRole(member, 'platform_admin') || organisation.validTo) return null
  return (
    <div className="row-actions">
      {acts.map(one => (
        <button key={one} type="button" className="button button-small" onClick={() => setAct(one)}>
          {t(`act.${one}`)}
        </button>
      ))}
      {act ? <OrganisationAct act={act} organisation={organisation} close={() => setAct(undefined)} /> : null}
    </div>
  )
}

function History({ organisation, open }: PartProps) {
  const { t } = useTranslation('admin')
  const name = useLocalName()
  const { past, predecessors } = organisation
  if (past.length + predecessors.length === 0) return <p className="muted">{t('history.none')}</p>
  return (
    <section className="stack">
      <h3>{t('history')}</h3>
      <ol className="history">
        {past.map(state => (
          <li key={state.to + state.nameZh}>
            <span className="number">{t('history.span', { from: state.from, to: state.to })}</span>
            <strong>{name(state)}</strong>
            <span className="muted">
              {state.parent ? t('tree.under', { name: name(state.parent) }) : t('organisation.root')}
            </span>
          </li>
        ))}
        {predecessors.map(each => (
          <li key={each.id}>
            <Day at={each.on} />
            <span>{t('history.merged')}</span>
            <button type="button" className="tree-name" onClick={() => open(each.id)}>
              {name(each)}
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}
