import type { JsonObject } from '../fact/public-part.ts'
import { whole } from '../money/money.ts'
import { type Counted, dimensionsOf, type Said, type Told } from './define.ts'

/** What one fact adds to a metric, for one thing it counts. */
export interface Addition {
  readonly dims: string[]
  readonly value: number
  readonly subject: string | undefined
  /** A subject that goes. */
  readonly leaves: boolean
}

/** Throws on a fact that lacks what the definition names: it must stop and be seen. */
export function additionsOf(metric: Counted, said: Said): Addition[] {
  const told = metric.from ? metric.from(said) : flatly(metric, said.pub)
  const dimensions = dimensionsOf(metric)
  const leaves = metric.kind === 'level' && (metric.minus ?? []).includes(said.type)
  return told.map(({ dims, value = 1, subject }) => ({
    // one that goes, goes from where it stood
    dims: dimensions.map(
      ({ name, unknown }) =>
        dims[name] ?? (unknown || (leaves && subject !== undefined) ? 'unknown' : lacking(metric, name)),
    ),
    value: leaves && metric.subject === undefined ? -whole(value) : whole(value),
    subject,
    leaves,
  }))
}

/** As docs/log-format.md lays down: each object of the list, a name looked up in it and then in the public part. */
function flatly(metric: Counted, pub: JsonObject): Told[] {
  const objects = metric.each === undefined ? [pub] : (pub[metric.each] ?? [])
  if (!Array.isArray(objects)) throw new TypeError(`${metric.name}: "${metric.each}" is no list in the fact`)
  const subjectName = metric.kind === 'level' || metric.kind === 'distinct' ? metric.subject : undefined
  const told = (object: unknown, name: string): string | undefined => {
    const value = (object as JsonObject)[name] ?? pub[name]
    return typeof value === 'string' ? value : undefined
  }
  const except = Object.entries(metric.except ?? {})
  const counted = objects.filter(
    object => !except.some(([name, values]) => values.includes(told(object, name) ?? '')),
  )
  return counted.map(object => {
    const find = (name: string): string | undefined => told(object, name)
    const need = (name: string): string => find(name) ?? lacking(metric, name)
    const dims = Object.keys(metric.dimensions).flatMap(name => {
      const value = find(name)
      return value === undefined ? [] : [[name, value] as const]
    })
    return {
      dims: Object.fromEntries(dims),
      ...(metric.measure === undefined ? {} : { value: Number(need(metric.measure)) }),
      ...(subjectName === undefined ? {} : { subject: need(subjectName) }),
    }
  })
}

function lacking(metric: Counted, name: string): never {
  throw new TypeError(`${metric.name}: no text "${name}" in the fact`)
}

/** Rows of a figure stand in one order for everyone: dimension after dimension by UTF-16 code units. */
export function compareDims(a: readonly string[], b: readonly string[]): number {
  for (const [i, text] of a.entries()) if (text !== b[i]) return text < (b[i] ?? '') ? -1 : 1
  return 0
}
