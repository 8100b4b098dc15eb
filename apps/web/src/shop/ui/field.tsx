import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'

interface FieldProps {
  readonly label: string
  /** Key of what is wrong, in the words of the page's namespace. */
  readonly bad?: string | undefined
  readonly ns?: string
  children(attributes: { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }): ReactNode
}

export function Field({ label, bad, ns = 'checkout', children }: FieldProps) {
  const { t } = useTranslation(ns)
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(bad && { 'aria-invalid': true as const, 'aria-describedby': `${id}-bad` }) })}
      {bad ? (
        <p id={`${id}-bad`} className="field-bad">
          {t(bad)}
        </p>
      ) : null}
    </div>
  )
}
