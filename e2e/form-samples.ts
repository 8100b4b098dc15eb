import type { Column, Columns, Value, Values } from '@silian/kernel/declared/columns.ts'
import { creditCheck } from '@silian/kernel/declared/credit-code.ts'
import type { Process } from '@silian/kernel/process/define.ts'

/** What a sample form of a side may name. */
export interface FormPlaces {
  readonly village: string
  readonly county: string
  readonly coop: string
  /** The number of an order that the unit has of the co-op. */
  readonly orderNumber?: string
}

/** A form that a process takes: made from its columns, with what its `example` says otherwise. */
export const formOf = (process: Process, places: FormPlaces): Values => ({
  ...sampleValues(process.form, places),
  ...process.example,
  ...(process.form.orderNumber ? { orderNumber: places.orderNumber ?? 'none' } : {}),
})

/** What some columns ask for, filled in; of score sheets a share of the points. */
export const sampleValues = (columns: Columns, places: FormPlaces, points = 1): Values =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]) => {
      if (column.required === false) return []
      const isScore = column.kind === 'number' && column.unit === 'point'
      return [[name, isScore ? Math.round((column.max ?? 0) * points) : sampleValue(column, places)]]
    }),
  )

function sampleValue(column: Column, places: FormPlaces): Value {
  switch (column.kind) {
    case 'text':
      return textOf(column)
    case 'number':
      return Math.max(column.min ?? 1, 1)
    case 'date':
      return '2027-06-30'
    case 'year':
      return 2020
    case 'yes':
      return true
    case 'choice':
      return column.of[0]!
    case 'choices':
      return [column.of[0]!]
    case 'files':
      return []
    case 'area':
      return column.level === 'village'
        ? places.village
        : column.level === 'township'
          ? places.village.slice(0, 9)
          : places.county
    default:
      return places.coop
  }
}

/** Invented. */
function textOf({ format, personal, max }: Extract<Column, { kind: 'text' }>): string {
  if (format === 'phone') return '10000000000'
  if (format === 'account') return '622200000000000'
  if (format === 'credit_code') return `91999999MA0000001${creditCheck('91999999MA0000001')}`
  return (personal ? '示例丁' : 'sample').slice(0, max)
}
