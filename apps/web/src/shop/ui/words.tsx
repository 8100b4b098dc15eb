import type { ComponentProps } from 'react'
import { Field } from './field.tsx'

interface WordsProps extends Omit<ComponentProps<typeof Field>, 'children'> {
  readonly value: string
  readonly required?: boolean
  readonly most?: number
  onChange(value: string): void
}

/** Some lines in one's own words. */
export function Words({ value, required, most = 500, onChange, ...field }: WordsProps) {
  return (
    <Field {...field}>
      {its => (
        <textarea
          {...its}
          className="input"
          required={required}
          maxLength={most}
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
