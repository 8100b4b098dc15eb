import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { ExportLink } from './export-link.tsx'
import type { Asked } from './private-search.ts'
import { ProposalsLink } from './proposals-link.tsx'
import { may } from './shapes.ts'
import { Views } from './views.tsx'

interface ListToolsProps {
  readonly shape: RegisterShape
  readonly asked: Asked
  readonly chosen: readonly ColumnShape[]
  setChosen(names: readonly string[] | undefined): void
}

/** What may be done with the list as a whole: a new row, an import, an export, a saved view. */
export function ListTools({ shape, asked, chosen, setChosen }: ListToolsProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  return (
    <>
      {may(shape, 'create') ? (
        <button type="button" className="button button-main" onClick={() => asked.setSearch({ new: '1' })}>
          {t('new')}
        </button>
      ) : null}
      {may(shape, 'import') ? (
        <Link
          to="/p/$programme/registers/$register/imports"
          params={{ programme, register: shape.name }}
          className="button"
        >
          {t('import')}
        </Link>
      ) : null}
      <details className="menu" name="menu">
        <summary className="button">{t('export')}</summary>
        <ul className="menu-body">
          {(['xlsx', 'csv'] as const).map(format => (
            <li key={format}>
              <ExportLink register={shape.name} format={format} asked={asked}>
                {t(`export.${format}`)}
              </ExportLink>
            </li>
          ))}
        </ul>
      </details>
      {may(shape, 'decide') ? <ProposalsLink register={shape.name} /> : null}
      <Views register={shape.name} asked={asked} chosen={chosen} setChosen={setChosen} />
    </>
  )
}
