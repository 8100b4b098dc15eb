import type { Value } from '@silian/kernel/declared/columns.ts'
import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { TFunction } from 'i18next'
import { type InputHTMLAttributes, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { AreaInput } from './area-input.tsx'
import type { Fault } from './draft.ts'
import { useFaultText } from './fault-text.ts'
import { FilesInput } from './files-input.tsx'
import { OrganisationInput, RowInput } from './picker.tsx'
import { ReferenceInput } from './reference-input.tsx'
import { unitOf } from './units.ts'
import type { Context } from './value-text.ts'

export interface InputProps {
  readonly column: ColumnShape
  readonly value: Value | undefined
  readonly context: Context
  /** What the label and the messages of the field are tied to. */
  readonly id: string
  readonly describedBy: string | undefined
  readonly invalid: boolean
  readonly disabled?: boolean
  readonly placeholder?: string | undefined
  change(value: Value): void
}

interface ColumnFieldProps {
  readonly column: ColumnShape
  readonly value: Value | undefined
  readonly context: Context
  readonly fault?: Fault | undefined
  readonly note?: string | undefined
  readonly disabled?: boolean
  readonly placeholder?: string | undefined
  change(value: Value): void
}

/** Help often ends without a full stop: what follows it is set off. */
const hintOf = (notes: readonly (string | undefined)[], t: TFunction<'declared'>): string =>
  notes
    .filter(note => note !== undefined)
    .reduce((all, note) => all + (/[\u3002.]$/.test(all) ? ' ' : t('field.note.separator')) + note)

/** One column of a form: label, help, input, and what is wrong with it. */
export function ColumnField({ column, context, fault, note, ...rest }: ColumnFieldProps) {
  const { t } = useTranslation('declared')
  const faultText = useFaultText()
  const id = useId()
  const { words, within } = context
  const help = words.help(column.name, within)
  const notes = [help, pointsOf(column, t), note, column.proposed ? t('field.proposed') : undefined].filter(
    Boolean,
  )
  const described = [notes.length > 0 ? `${id}-hint` : '', fault ? `${id}-fault` : '']
    .filter(Boolean)
    .join(' ')
  const grouped = ['choices', 'area', 'files'].includes(column.kind)
  const label = (
    <>
      {words.column(column.name, within)}
      {column.required ? null : <span className="optional">{t('field.optional')}</span>}
    </>
  )
  const input = (
    <ColumnInput
      column={column}
      context={context}
      id={id}
      describedBy={described || undefined}
      invalid={fault !== undefined}
      {...rest}
    />
  )
  const below = (
    <>
      {notes.length > 0 ? (
        <p id={`${id}-hint`} className="field-hint">
          {hintOf(notes, t)}
        </p>
      ) : null}
      {fault ? (
        <p id={`${id}-fault`} className="field-error">
          {faultText(fault, words)}
        </p>
      ) : null}
    </>
  )
  const className = `field ${isWide(column) ? 'field-wide' : ''}`
  if (grouped)
    return (
      <fieldset className={className} data-column={column.name} aria-describedby={described || undefined}>
        <legend>{label}</legend>
        {input}
        {below}
      </fieldset>
    )
  return (
    <div className={className} data-column={column.name}>
      <label htmlFor={id}>{label}</label>
      {input}
      {below}
    </div>
  )
}

/** Score sheets say how much an item is worth. */
const pointsOf = ({ unit, max }: ColumnShape, t: TFunction<'declared'>): string | undefined =>
  unit === 'point' && max !== null ? t('field.points', { most: max }) : undefined

const isWide = ({ kind, format, max }: ColumnShape): boolean =>
  kind === 'files' || kind === 'choices' || kind === 'area' || isLong({ format, max })

const isLong = ({ format, max }: Pick<ColumnShape, 'format' | 'max'>): boolean =>
  format === 'long' || (max !== null && max > 200)

export function ColumnInput(props: InputProps) {
  switch (props.column.kind) {
    case 'yes':
      return <YesInput {...props} />
    case 'choice':
      return <ChoiceInput {...props} />
    case 'choices':
      return <ChoicesInput {...props} />
    case 'area':
      return <AreaInput {...props} />
    case 'organisation':
      return <OrganisationInput {...props} />
    case 'row':
      return <RowInput {...props} />
    case 'files':
      return <FilesInput {...props} />
    case 'text':
      return props.column.of.length > 0 ? <ReferenceInput {...props} /> : <TypedInput {...props} />
    default:
      return <TypedInput {...props} />
  }
}

const textOf = (value: Value | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

function TypedInput({ column, value, id, describedBy, invalid, disabled, placeholder, change }: InputProps) {
  const { t } = useTranslation('declared')
  const shared = {
    ...{ id, disabled, placeholder, name: column.name, value: textOf(value) },
    ...{ 'aria-describedby': describedBy, 'aria-invalid': invalid || undefined },
    'aria-required': column.required || undefined,
  }
  if (column.kind === 'text' && isLong(column))
    return (
      <textarea
        {...shared}
        rows={4}
        maxLength={column.max ?? undefined}
        onChange={event => change(event.target.value)}
      />
    )
  const input = <input {...shared} {...attributesOf(column)} onChange={event => change(event.target.value)} />
  const { label } = unitOf(column.unit)
  if (column.kind !== 'number' || label === '') return input
  return (
    <span className="with-unit">
      {input}
      <span aria-hidden="true">{t(`unit.${label}`, { defaultValue: label })}</span>
    </span>
  )
}

function attributesOf({ kind, format, max, personal }: ColumnShape): InputHTMLAttributes<HTMLInputElement> {
  const autoComplete = personal ? 'off' : undefined
  if (kind === 'number') return { inputMode: 'decimal', autoComplete: 'off' }
  if (kind === 'year') return { inputMode: 'numeric', maxLength: 4, autoComplete: 'off' }
  if (kind === 'date') return { type: 'date', min: '1900-01-01', max: '2199-12-31' }
  const digits = format === 'phone' || format === 'account'
  return { maxLength: max ?? undefined, autoComplete, ...(digits ? { inputMode: 'numeric' as const } : {}) }
}

/** A box to tick; where nothing need be said, a third answer is to say nothing. */
function YesInput({ column, value, id, describedBy, disabled, change }: InputProps) {
  const { t } = useTranslation('declared')
  if (!column.required)
    return (
      <select
        id={id}
        name={column.name}
        aria-describedby={describedBy}
        disabled={disabled}
        value={typeof value === 'boolean' ? String(value) : ''}
        onChange={event => change(event.target.value === '' ? null : event.target.value === 'true')}
      >
        <option value="">{t('nothing')}</option>
        <option value="true">{t('yes')}</option>
        <option value="false">{t('no')}</option>
      </select>
    )
  return (
    <span className="yes-input">
      <input
        type="checkbox"
        id={id}
        aria-describedby={describedBy}
        disabled={disabled}
        checked={value === true}
        onChange={event => change(event.target.checked)}
      />
      <span aria-hidden="true">{t(value === true ? 'yes' : 'no')}</span>
    </span>
  )
}

function ChoiceInput({ column, value, context, id, describedBy, invalid, disabled, change }: InputProps) {
  const { t } = useTranslation('declared')
  return (
    <select
      id={id}
      name={column.name}
      disabled={disabled}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      value={textOf(value)}
      onChange={event => change(event.target.value || null)}
    >
      <option value="">{t(column.required ? 'choose' : 'nothing')}</option>
      {column.of.map(word => (
        <option key={word} value={word}>
          {context.words.value(column.name, word, context.within)}
        </option>
      ))}
    </select>
  )
}

function ChoicesInput({ column, value, context, disabled, change }: InputProps) {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  const toggle = (word: string) =>
    change(column.of.filter(one => (one === word ? !chosen.includes(word) : chosen.includes(one))))
  return (
    <div className="choices-input">
      {column.of.map(word => (
        <label key={word} className="chip-choice">
          <input
            type="checkbox"
            disabled={disabled}
            checked={chosen.includes(word)}
            onChange={() => toggle(word)}
          />
          {context.words.value(column.name, word, context.within)}
        </label>
      ))}
    </div>
  )
}
