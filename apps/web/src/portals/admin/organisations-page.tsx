import type { TreeRow } from '@silian/kernel/access/administration-contract.ts'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { formatDay } from '../../i18n/format.ts'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { NewOrganisation } from './organisation-acts.tsx'
import { OrganisationDrawer } from './organisation-drawer.tsx'
import { PickArea } from './pickers.tsx'
import { adminRoutes } from './routes.ts'
import './admin.css'

interface View {
  /** A day of the past; empty: now. */
  readonly at: string
  /** In an area and below; empty: by what they stand under. */
  readonly area: string
  readonly ended: boolean
}

/** Organisations by what they stand under or where they are, as they are now or were on a day. */
export function OrganisationsPage() {
  const { t } = useTranslation('admin')
  const [view, setView] = useState<View>({ at: '', area: '', ended: false })
  const { open: asked } = useSearch({ strict: false })
  const [opened, open] = useState<string | undefined>(asked)
  const [making, make] = useState(false)
  const put = (change: Partial<View>) => setView({ ...view, ...change })
  const isFlat = view.area !== '' || view.ended
  return (
    <Page
      title={t('organisations')}
      lead={t('organisations.lead')}
      actions={
        <button type="button" className="button button-main" onClick={() => make(true)}>
          {t('organisation.new')}
        </button>
      }
    >
      <div className="filters card">
        <Field
          label={t('view.at')}
          type="date"
          max={formatDay(new Date().toISOString())}
          value={view.at}
          onChange={event => put({ at: event.target.value })}
          hint={t('view.at.hint')}
        />
        <PickArea
          label={t('view.area')}
          hint={t('view.area.hint')}
          value={view.area}
          pick={area => put({ area })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={view.ended}
            onChange={event => put({ ended: event.target.checked })}
          />
          {t('view.ended')}
        </label>
      </div>
      <p className={`notice ${view.at ? 'notice-wait' : ''}`} role="status">
        {view.at ? t('view.was', { day: view.at }) : t('view.now')}
      </p>
      <section className="card" aria-label={t('organisations')}>
        <Branch
          key={JSON.stringify(view)}
          view={view}
          open={open}
          {...(isFlat ? {} : { parent: 'none' as const })}
        />
      </section>
      {opened ? <OrganisationDrawer id={opened} close={() => open(undefined)} open={open} /> : null}
      {making ? <NewOrganisation close={() => make(false)} /> : null}
    </Page>
  )
}

interface BranchProps {
  readonly view: View
  /** Left out: all, without their parts below them. */
  readonly parent?: string
  open(id: string): void
}

function Branch({ view, parent, open }: BranchProps) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const query = {
    parent,
    at: view.at || undefined,
    area: view.area || undefined,
    ended: view.ended ? ('true' as const) : undefined,
  }
  const pages = usePages(['organisation-tree', programme, query], (after, signal) =>
    send(adminRoutes.tree, { params: { programme }, query: { ...query, ...after, limit: 50 }, signal }),
  )
  return (
    <Paged pages={pages} empty={<Empty title={t('organisations.none')} />}>
      {rows => (
        <ul className="tree">
          {rows.map(row => (
            <Node key={row.id} row={row} view={view} isTree={parent !== undefined} open={open} />
          ))}
        </ul>
      )}
    </Paged>
  )
}

interface NodeProps {
  readonly row: TreeRow
  readonly view: View
  readonly isTree: boolean
  open(id: string): void
}

function Node({ row, view, isTree, open }: NodeProps) {
  const { t } = useTranslation('admin')
  const name = useLocalName()
  const [isOpen, setOpen] = useState(false)
  const hasParts = isTree && row.parts > 0
  return (
    <li>
      <div className="tree-row">
        {hasParts ? (
          <button
            type="button"
            className="tree-twist"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <span aria-hidden="true">{isOpen ? '−' : '+'}</span>
            <span className="visually-hidden">
              {t(isOpen ? 'tree.close' : 'tree.open', { name: name(row), count: row.parts })}
            </span>
          </button>
        ) : (
          <span aria-hidden="true" />
        )}
        <div className="tree-text">
          <button type="button" className="tree-name" onClick={() => open(row.id)}>
            {name(row)}
          </button>
          <span className="muted tree-note">
            {t(`type.${row.type}`)} · {name(row.areaName)}
            {hasParts ? ` · ${t('tree.parts', { count: row.parts })}` : ''}
            {!isTree && row.parent ? ` · ${t('tree.under', { name: name(row.parent) })}` : ''}
          </span>
          {row.now ? (
            <span className="badge badge-wait">{t('tree.now', { name: name(row.now) })}</span>
          ) : null}
          {row.validTo ? (
            <span className="badge badge-plain">
              {row.successor
                ? t('tree.merged', { name: name(row.successor), day: row.validTo })
                : t('tree.ended', { day: row.validTo })}
            </span>
          ) : null}
        </div>
      </div>
      {isOpen ? <Branch view={view} parent={row.id} open={open} /> : null}
    </li>
  )
}
