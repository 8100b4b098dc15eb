import type { RegisterDetail, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useTranslation } from 'react-i18next'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { isAmount, Shown } from '../columns/value.tsx'
import { useWords } from '../words.ts'

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Every field of a row with its help, those without a value folded away, and its parts as tables. */
export function RowFields({ shape, detail }: { shape: RegisterShape; detail: RegisterDetail }) {
  const { t } = useTranslation('register')
  const filled = shape.columns.filter(({ name }) => !isEmpty(detail.values[name]))
  const empty = shape.columns.filter(({ name }) => isEmpty(detail.values[name]))
  return (
    <>
      <Fields shape={shape} columns={filled} detail={detail} />
      {empty.length > 0 ? (
        <details>
          <summary>{t('fields.empty', { count: empty.length })}</summary>
          <Fields shape={shape} columns={empty} detail={detail} />
        </details>
      ) : null}
      {shape.parts.map(part => (
        <Part key={part.name} part={part} shape={shape} detail={detail} />
      ))}
    </>
  )
}

interface FieldsProps {
  readonly shape: RegisterShape
  readonly columns: RegisterShape['columns']
  readonly detail: RegisterDetail
}

function Fields({ shape, columns, detail }: FieldsProps) {
  const words = useWords(shape.name)
  return (
    <dl className="row-fields">
      {columns.map(column => (
        <div key={column.name} data-column={column.name}>
          <dt title={words.help(column.name)}>{words.column(column.name)}</dt>
          <dd>
            <Shown
              column={column}
              value={detail.values[column.name]}
              context={{ words, names: detail.names }}
            />
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface PartProps {
  readonly shape: RegisterShape
  readonly part: RegisterShape['parts'][number]
  readonly detail: RegisterDetail
}

function Part({ shape, part, detail }: PartProps) {
  const { t } = useTranslation('register')
  const words = useWords(shape.name)
  const rows = detail.parts[part.name] ?? []
  const title = words.text(`part.${part.name}`, part.name)
  return (
    <section className="section" data-part={part.name}>
      <h3>
        {title} <span className="count">{rows.length}</span>
      </h3>
      {rows.length === 0 ? (
        <p className="muted">{t('part.none')}</p>
      ) : (
        <ScrollArea className="list-table" label={title}>
          <table className="table">
            <thead>
              <tr>
                {part.columns.map(column => (
                  <th key={column.name} scope="col" className={isAmount(column) ? 'right' : undefined}>
                    {words.column(column.name, part.name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a part have no id of their own
                <tr key={at}>
                  {part.columns.map(column => (
                    <td key={column.name} className={isAmount(column) ? 'right' : undefined}>
                      <Shown
                        column={column}
                        value={row[column.name]}
                        context={{ words, names: detail.names, within: part.name }}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </section>
  )
}
