import type { Values } from '@silian/kernel/declared/columns.ts'
import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { useTranslation } from 'react-i18next'
import { type Names, useValueText } from '../columns/value-text.ts'
import { useWords } from '../words.ts'

interface ChangesProps {
  readonly shape: RegisterShape
  readonly before: Values
  readonly after: Values
  readonly names: Names
}

/** What was and what is to be, for the values that differ. */
export function Changes({ shape, before, after, names }: ChangesProps) {
  const { t } = useTranslation('register')
  const words = useWords(shape.name)
  const textOf = useValueText()
  const columns = shape.columns.filter(({ name }) => after[name] !== undefined)
  return (
    <dl className="changes">
      {columns.map(column => (
        <div key={column.name}>
          <dt>{words.column(column.name)}</dt>
          <dd>
            {before[column.name] === undefined ? null : (
              <>
                <del>
                  <span className="visually-hidden">{t('change.before')}</span>
                  {textOf(column, before[column.name], { words, names })}
                </del>{' '}
                <span aria-hidden="true">→</span>{' '}
              </>
            )}
            <ins>
              <span className="visually-hidden">{t('change.after')}</span>
              {textOf(column, after[column.name], { words, names })}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
