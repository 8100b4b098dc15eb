import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatRatio } from '../../i18n/format.ts'
import { useDeclarations } from '../../quota/declarations.ts'
import { FourFigures } from '../../quota/four-figures.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'

/** The reserved shares of one's own units and how far they are. */
export function QuotaPage() {
  const { t } = useTranslation('quota')
  const declarations = useDeclarations()
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Loaded query={declarations} lines={6}>
        {list =>
          list.length === 0 ? (
            <Empty title={t('empty')}>{t('empty.hint')}</Empty>
          ) : (
            <ul className="quota-list">
              {list.map(declaration => (
                <li key={declaration.id} className="card stack">
                  <Head declaration={declaration} />
                  <FourFigures figures={declaration} />
                  <p className="muted">
                    {t('base')} <Money fen={declaration.baseFen} /> · {t('left')}{' '}
                    <Money fen={declaration.leftFen} />
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
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
