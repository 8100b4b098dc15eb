import type { Value } from '@silian/kernel/declared/columns.ts'
import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../../session/programme.ts'
import { fileAddress } from '../files.ts'
import { type Context, useValueText } from './value-text.ts'

interface ShownProps {
  readonly column: ColumnShape
  readonly value: Value | undefined
  readonly context: Context
}

/** A value as it is read: with its unit, by its name, or as a link to what it names. */
export function Shown({ column, value, context }: ShownProps) {
  const textOf = useValueText()
  const text = textOf(column, value, context)
  const isList = Array.isArray(value) && value.length > 0
  if (column.kind === 'files' && isList) return <Files ids={value as readonly string[]} />
  if (column.kind === 'row' && typeof value === 'string' && column.of[0])
    return <RowLink register={column.of[0]} row={value} text={text} />
  if (column.kind === 'number' || column.kind === 'date' || column.kind === 'year')
    return <span className="number">{text}</span>
  return <>{text}</>
}

function RowLink({ register, row, text }: { register: string; row: string; text: string }) {
  const { t } = useTranslation('declared')
  const programme = useProgrammeId()
  return (
    <Link
      to="/p/$programme/registers/$register"
      params={{ programme, register }}
      search={{ row }}
      className="row-link"
    >
      {text === row ? t('row.open') : text}
    </Link>
  )
}

export function Files({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('declared')
  const programme = useProgrammeId()
  return (
    <ul className="files">
      {ids.map((id, at) => (
        <li key={id}>
          <a href={fileAddress(programme, id)} download>
            {t('files.one', { number: at + 1 })}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Right-aligned in tables: what is added up and compared. */
export const isAmount = ({ kind }: ColumnShape): boolean => kind === 'number'
