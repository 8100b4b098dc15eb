import { useTranslation } from 'react-i18next'
import { useProduceTree } from '../../api/produce-tree.ts'
import type { InputProps } from './input.tsx'

/** A choice out of a reference table; the only one so far is the produce tree. */
export function ReferenceInput({ column, value, id, describedBy, invalid, disabled, change }: InputProps) {
  const { t } = useTranslation('declared')
  const nodes = useProduceTree()
  return (
    <select
      id={id}
      name={column.name}
      disabled={disabled}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      value={typeof value === 'string' ? value : ''}
      onChange={event => change(event.target.value || null)}
    >
      <option value="">{t(column.required ? 'choose' : 'nothing')}</option>
      {nodes.map(({ path, trail }) => (
        <option key={path} value={path}>
          {trail.join(' · ')}
        </option>
      ))}
    </select>
  )
}
