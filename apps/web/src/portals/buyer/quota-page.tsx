import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ExportLink } from '../../desk/export-link.tsx'
import { formatRatio } from '../../i18n/format.ts'
import { useDeclarations } from '../../quota/declarations.ts'
import { FourFigures } from '../../quota/four-figures.tsx'
import { Pace } from '../../quota/pace.tsx'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { hasRole } from '../../session/roles.ts'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'
import { Contractor } from './contractor.tsx'

/** The reserved shares of one's own units, how far they are and at what pace. */
export function QuotaPage() {
  const { t } = useTranslation('quota')
  const programme = useProgrammeId()
  const declarations = useDeclarations()
  const mayDeclare = hasRole(useMember(), 'buyer')
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          {mayDeclare ? (
            <Link to="/p/$programme/buyer/declare" params={{ programme }} className="button button-main">
              {t('declare')}
            </Link>
          ) : null}
          <ExportLink list="declarations" />
        </>
      }
    >
      <Loaded query={declarations} lines={6}>
        {list =>
          list.length === 0 ? (
            <Empty title={t('empty')}>{t('empty.hint')}</Empty>
          ) : (
            <ul className="quota-list">
              {[...list]
                .sort((a, b) => b.year - a.year)
                .map(declaration => (
                  <Share key={declaration.id} declaration={declaration} mayDeclare={mayDeclare} />
                ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function Share({ declaration, mayDeclare }: { declaration: Declaration; mayDeclare: boolean }) {
  const { t } = useTranslation('quota')
  const programme = useProgrammeId()
  return (
    <li className="card stack">
      <Head declaration={declaration} />
      {declaration.state === 'returned' ? (
        <div className="notice notice-bad">
          <p>{t('returned.why', { note: declaration.note || t('returned.none') })}</p>
          {mayDeclare ? (
            <Link to="/p/$programme/buyer/declare" params={{ programme }} className="button button-small">
              {t('declare.again')}
            </Link>
          ) : null}
        </div>
      ) : null}
      <FourFigures figures={declaration} />
      <Pace declaration={declaration} />
      <p className="muted">
        {t('base')} <Money fen={declaration.baseFen} /> · {t('left')} <Money fen={declaration.leftFen} />
      </p>
      {declaration.sharing.length > 0 ? (
        <p className="muted">{t('sharing', { units: declaration.sharing.join(t('list.join')) })}</p>
      ) : null}
      {declaration.kind === 'outsourced' ? (
        <Outsourced declaration={declaration} mayDeclare={mayDeclare} />
      ) : null}
    </li>
  )
}

function Outsourced({ declaration, mayDeclare }: { declaration: Declaration; mayDeclare: boolean }) {
  const { t } = useTranslation('quota')
  const [open, setOpen] = useState(false)
  const name = declaration.contractorName
  return (
    <div className="notice">
      <p>{name ? t('contractor.open', { name }) : t('contractor.none')}</p>
      {mayDeclare && declaration.canteenId ? (
        <button type="button" className="button button-small" onClick={() => setOpen(true)}>
          {t('contractor.change')}
        </button>
      ) : null}
      {open && declaration.canteenId ? (
        <Contractor canteenId={declaration.canteenId} close={() => setOpen(false)} />
      ) : null}
    </div>
  )
}

function Head({ declaration }: { declaration: Declaration }) {
  const { t } = useTranslation('quota')
  const { unitName, year, kind, state, ratioBp } = declaration
  return (
    <div className="quota-head">
      <h2>{t('of', { unit: unitName, year })}</h2>
      <p>
        {t(`kind.${kind}`)} · {t('share', { ratio: formatRatio(ratioBp, 10_000) })}{' '}
        <span
          className={`badge ${state === 'confirmed' ? '' : state === 'returned' ? 'badge-bad' : 'badge-wait'}`}
        >
          {t(`state.${state}`)}
        </span>
      </p>
    </div>
  )
}
