import type { Value } from '@silian/kernel/declared/columns.ts'
import type { RegisterDetail, RegisterShape } from '@silian/kernel/register/contract.ts'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EnteringOffers } from '../../portals/shop/entering-offers.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { type Draft, type Faults, isMasked } from '../columns/draft.ts'
import { useFaultText } from '../columns/fault-text.ts'
import { ColumnField } from '../columns/input.tsx'
import { faultsOf, isPlaced } from '../columns/problems.ts'
import { type Names, useValueText } from '../columns/value-text.ts'
import { useWords } from '../words.ts'
import type { Wire } from './edit.tsx'

export interface FormDraft {
  readonly id: string
  readonly validFrom: string
  readonly values: Draft
  readonly parts: Readonly<Record<string, readonly Draft[]>>
}

interface RowFormProps {
  readonly shape: RegisterShape
  readonly names: Names
  /** The row as it stands, when it is one that changes. */
  readonly detail?: RegisterDetail
  /** Parts with personal values stand in clear. */
  readonly isClear?: boolean
  readonly draft: FormDraft
  readonly error: unknown
  readonly going: boolean
  readonly give: { readonly text: string; up(): void }
  setDraft(draft: FormDraft): void
  read(): { readonly wire: Wire; readonly faults: Faults }
  send(wire: Wire): void
}

/** The form that the columns make: fields with their help, parts as groups that repeat, faults at their fields. */
export function RowForm(props: RowFormProps) {
  const { shape, draft, setDraft, detail, names, error, going, give, isClear = true } = props
  const { t } = useTranslation('register')
  const words = useWords(shape.name)
  const textOf = useValueText()
  const [checked, setChecked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { wire, faults: own } = props.read()
  const faults: Faults = { ...(error ? faultsOf(error) : {}), ...(checked ? own : {}) }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (Object.keys(own).length === 0) return props.send(wire)
    requestAnimationFrame(() => focusFault(form.current))
  }
  const put = (column: string, value: Value) =>
    setDraft({ ...draft, values: { ...draft.values, [column]: value } })
  return (
    <form ref={form} className="row-form stack" onSubmit={submit} noValidate>
      {error && !isPlaced(error) ? <ProblemNotice error={error} /> : null}
      <FaultsOfNoField shape={shape} faults={faults} />
      <div className="form-grid">
        {shape.columns.filter(isAsked).map(column => (
          <ColumnField
            key={column.name}
            column={column}
            value={draft.values[column.name]}
            context={{ words, names }}
            fault={faults[column.name]}
            note={detail && isMasked(column) ? t('field.masked') : undefined}
            placeholder={
              detail && isMasked(column)
                ? textOf(column, detail.values[column.name], { words, names })
                : undefined
            }
            disabled={detail !== undefined && column.frozen}
            change={value => put(column.name, value)}
          />
        ))}
        {shape.dated ? <ValidFrom draft={draft} setDraft={setDraft} /> : null}
      </div>
      {shape.parts.map(part => (
        <PartForm
          key={part.name}
          part={part}
          faults={faults}
          {...{ shape, draft, setDraft, names, isClear }}
        />
      ))}
      <EnteringOffers register={shape.name} draft={draft} />
      <div className="form-actions">
        <button type="button" className="button" onClick={give.up}>
          {t('cancel', { ns: 'common' })}
        </button>
        <button type="submit" className="button button-main" disabled={going}>
          {going ? t('sending', { ns: 'common' }) : give.text}
        </button>
      </div>
    </form>
  )
}

/** What is wrong with what follows from several fields, as one of a kind that there is already. */
function FaultsOfNoField({ shape, faults }: Pick<RowFormProps, 'shape'> & { readonly faults: Faults }) {
  const words = useWords(shape.name)
  const faultText = useFaultText()
  const asked = shape.columns.filter(isAsked).map(({ name }) => name)
  return Object.entries(faults)
    .filter(([place]) => !place.includes('.') && !asked.includes(place))
    .map(([place, fault]) => (
      <p key={place} className="notice notice-bad" role="alert">
        {faultText(fault, words)}
      </p>
    ))
}

/** A part is given whole: one with personal values can be edited only in clear. */
export const isSealed = ({ columns }: RegisterShape['parts'][number]): boolean => columns.some(isMasked)

const isAsked = ({ computed }: RegisterShape['columns'][number]): boolean => !computed

/** The first field that must be put right takes the focus. */
function focusFault(form: HTMLFormElement | null): void {
  const field = form?.querySelector('.field-error')?.closest('.field')
  field?.querySelector<HTMLElement>('input, select, textarea')?.focus()
}

function ValidFrom({ draft, setDraft }: Pick<RowFormProps, 'draft' | 'setDraft'>) {
  const { t } = useTranslation(['register', 'declared'])
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>
        {t('valid.from')}
        <span className="optional">{t('field.optional', { ns: 'declared' })}</span>
      </label>
      <input
        id={id}
        type="date"
        value={draft.validFrom}
        onChange={event => setDraft({ ...draft, validFrom: event.target.value })}
      />
      <p className="field-hint">{t('valid.from.hint')}</p>
    </div>
  )
}

interface PartFormProps extends Pick<RowFormProps, 'shape' | 'draft' | 'setDraft' | 'names'> {
  readonly part: RegisterShape['parts'][number]
  readonly faults: Faults
  readonly isClear: boolean
}

function PartForm({ shape, part, draft, setDraft, names, faults, isClear }: PartFormProps) {
  const { t } = useTranslation('register')
  const words = useWords(shape.name)
  const rows = draft.parts[part.name] ?? []
  const title = words.text(`part.${part.name}`, part.name)
  const put = (next: readonly Draft[]) => setDraft({ ...draft, parts: { ...draft.parts, [part.name]: next } })
  if (!isClear && isSealed(part))
    return (
      <section className="section">
        <h3>{title}</h3>
        <p className="muted">{t('part.masked')}</p>
      </section>
    )
  return (
    <section className="section" data-part={part.name}>
      <h3>
        {title} <span className="count">{rows.length}</span>
      </h3>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a part have no id of their own
        <fieldset key={at} className="card part-row">
          <legend>{t('part.row', { part: title, number: at + 1 })}</legend>
          <div className="form-grid">
            {part.columns.filter(isAsked).map(column => (
              <ColumnField
                key={column.name}
                column={column}
                value={row[column.name]}
                context={{ words, names, within: part.name }}
                fault={faults[`${part.name}.${at + 1}.${column.name}`]}
                change={value =>
                  put(rows.map((one, no) => (no === at ? { ...one, [column.name]: value } : one)))
                }
              />
            ))}
          </div>
          <button
            type="button"
            className="button button-small"
            onClick={() => put(rows.filter((_, no) => no !== at))}
          >
            {t('part.remove', { part: title, number: at + 1 })}
          </button>
        </fieldset>
      ))}
      <button type="button" className="button button-small" onClick={() => put([...rows, {}])}>
        {t('part.add', { part: title })}
      </button>
    </section>
  )
}
