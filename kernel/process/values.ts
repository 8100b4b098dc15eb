import type { Values } from '../declared/columns.ts'

/** A form's text, or nothing. For titles and effects. */
export const textIn = (form: Values, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value : ''
}
