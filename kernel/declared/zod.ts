import { z } from 'zod'
import { areaCode, id } from '../http/shapes.ts'
import type { Column, Columns } from './columns.ts'
import { isDate } from './values.ts'

/**
 * The shape of a form's values. Only what the wire must keep: types and lengths. What is required, right in itself and
 * there at all is said by `checkValues` and the service, with a code for each column.
 */
export const valuesShape = (columns: Columns) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(columns).flatMap(([name, column]) =>
        column.computed ? [] : [[name, valueShape(column).nullable().optional()]],
      ),
    ),
  )

export function valueShape(column: Column): z.ZodType {
  switch (column.kind) {
    case 'text':
      // as typed: it may still hold blanks that are taken out
      return z.string().max(column.max + 20)
    case 'number':
      return z.number().int()
    case 'year':
      return z.number().int().min(1800).max(2200)
    case 'yes':
      return z.boolean()
    case 'date':
      return z.string().refine(isDate, 'a day of the calendar')
    case 'choice':
      return z.enum(column.of as [string, ...string[]])
    case 'choices':
      return z.array(z.enum(column.of as [string, ...string[]])).max(column.of.length)
    case 'files':
      return z.array(id).max(column.most)
    case 'area':
      return areaCode
    default:
      return id
  }
}
