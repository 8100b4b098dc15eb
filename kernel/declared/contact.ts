import type { Column } from './columns.ts'

/** The telephone of whoever is asked about a row: nothing holds it once its person wants it erased. */
export const contactPhone = {
  ...{ kind: 'text', max: 20, format: 'phone', filter: true, required: false },
  ...{ personal: 'personal', retention: 'none' },
} as const satisfies Column
