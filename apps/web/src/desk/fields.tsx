import { type ReactNode, useId } from 'react'
import { Field } from '../ui/field.tsx'

interface PickFieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly options: readonly (readonly [value: string, label: string])[]
  /** What stands for no choice; without it the first option is chosen. */
  readonly none?: string
  readonly required?: boolean
  pick(value: string): void
}

export function PickField({ label, hint, value, options, none, required = false, pick }: PickFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        required={required}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={event => pick(event.target.value)}
      >
        {none === undefined ? null : <option value="">{none}</option>}
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
      {hint ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : null}
    </div>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  /** Decimals that are kept: 2 for yuan and kilograms of ten grams, 0 for whole things. */
  readonly decimals?: 0 | 2 | 3
  readonly required?: boolean
  put(value: string): void
}

/** Digits as they were typed; `toUnits` reads them exactly. */
export function NumberField({ label, hint, value, decimals = 0, required = false, put }: NumberFieldProps) {
  return (
    <Field
      label={label}
      {...(hint ? { hint } : {})}
      inputMode={decimals === 0 ? 'numeric' : 'decimal'}
      pattern={decimals === 0 ? '[0-9]{1,12}' : `[0-9]{1,12}([.][0-9]{1,${decimals}})?`}
      required={required}
      value={value}
      onChange={event => put(event.target.value.trim())}
    />
  )
}

interface ChoiceProps {
  readonly legend: string
  readonly children: ReactNode
}

export function Choices({ legend, children }: ChoiceProps) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  )
}
