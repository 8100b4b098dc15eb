import { fromBase64Of } from './base64.ts'
import { isObject, type Json, type JsonObject } from './canonical.ts'
import type { Entry } from './entry.ts'
import { isMonth } from './period.ts'
import type { SumNode } from './sum-tree.ts'

/** A metric whose figures are recomputed: what `metric.defined` says. */
export interface FlowMetric {
  readonly metric: string
  /** Of its sums: `fen`, or what is counted. */
  readonly unit: string
  /** Of a `distinct` metric: the name of what is counted once a period and cell. */
  readonly subject?: string
  /** Dimensions that are `unknown` where a fact does not tell them. */
  readonly unknown?: readonly string[]
  /** Objects that tell one of these values of a name are not counted. */
  readonly except?: readonly (readonly [name: string, values: readonly string[]])[]
  readonly facts: readonly string[]
  readonly each: string
  readonly measure: string
  readonly dimensions: readonly string[]
}

/** One cell of a figure: the values of its dimensions, its sum and the number of objects in it. */
export interface Cell {
  readonly dims: readonly string[]
  readonly sum: bigint
  readonly count: number
}

/** What one object adds to a cell. */
export interface Added {
  readonly dims: readonly string[]
  readonly sum: bigint
  readonly subject?: string
}

/** A published figure, as its fact says. */
export interface Figure {
  readonly metric: string
  readonly period: string
  readonly upTo: number
  readonly rows: readonly Cell[]
  readonly total: bigint
  readonly count: number
  /** Its sum trees, where it has any. */
  readonly sums?: Sums
}

/** The root of a sum tree, and the hash that a figure states of it. */
export interface StatedNode extends SumNode {
  readonly statement: string
}

/** What a figure states of its sum trees: what adds to it, and what takes from it. */
export interface Sums {
  readonly unit: string
  readonly plus: StatedNode
  readonly minus: StatedNode
}

const isText = (value: Json | undefined): value is string => typeof value === 'string'
const isTexts = (value: Json | undefined): value is string[] => Array.isArray(value) && value.every(isText)
const isCount = (value: Json | undefined): value is number => typeof value === 'number' && value >= 0

/** A whole number in decimal: no leading zero, no `+`, no `-0`. `undefined` for anything else. */
export const readDecimal = (value: Json | undefined): bigint | undefined =>
  isText(value) && /^(0|-?[1-9]\d*)$/.test(value) ? BigInt(value) : undefined

/** Read a definition; `'other'` for kinds that are not recomputed here, `undefined` when malformed. */
export function readMetric(pub: JsonObject): FlowMetric | 'other' | undefined {
  const { metric, kind, unit, facts, each, measure, dimensions, period, subject, unknown, except = {} } = pub
  if (!isText(metric) || !isText(kind)) return undefined
  if (kind !== 'flow' && kind !== 'distinct') return 'other'
  if (!isText(unit) || !isTexts(facts) || !isText(each) || !isText(measure)) return undefined
  if (!isTexts(dimensions) || period !== 'month') return undefined
  if (unknown !== undefined && !isTexts(unknown)) return undefined
  if (!isObject(except)) return undefined
  const left = Object.entries(except).flatMap(([name, values]) =>
    isTexts(values) ? [[name, values] as const] : [],
  )
  if (left.length < Object.keys(except).length) return undefined
  const flow = { metric, unit, facts, each, measure, dimensions, unknown: unknown ?? [], except: left }
  if (kind === 'flow') return flow
  return isText(subject) ? { ...flow, subject } : undefined
}

/** Read a figure; `undefined` when malformed, which includes rows out of order or twice. */
export function readFigure(pub: JsonObject): Figure | undefined {
  const { metric, period, upTo, rows: list, total: sum, count } = pub
  const rows = Array.isArray(list) ? list.map(readCell) : undefined
  const total = readDecimal(sum)
  if (!isText(metric) || !isMonth(period) || !isCount(upTo) || !isCount(count)) return undefined
  if (total === undefined || !rows?.every(row => row !== undefined) || !inOrder(rows)) return undefined
  const figure = { metric, period, upTo, rows, total, count }
  if (pub.sums === undefined) return figure
  const sums = readSums(pub.sums)
  return sums && { ...figure, sums }
}

/** Read the statement of a figure; `undefined` when malformed. */
function readSums(json: Json): Sums | undefined {
  if (!isObject(json) || !isText(json.unit)) return undefined
  const { unit } = json
  const read = (side: 'plus' | 'minus'): StatedNode | undefined => {
    const said = json[side]
    if (!isObject(said) || !isCount(said.count) || !isText(said.root) || !isText(said.statement))
      return undefined
    const sum = readDecimal(said.sum)
    const hash = fromBase64Of(32, said.root)
    if (!hash || sum === undefined) return undefined
    return { count: said.count, sum, hash, statement: said.statement }
  }
  const [plus, minus] = [read('plus'), read('minus')]
  return plus && minus && plus.sum >= 0n && minus.sum >= 0n ? { unit, plus, minus } : undefined
}

function readCell(row: Json): Cell | undefined {
  if (!isObject(row)) return undefined
  const { dims, sum: decimal, count } = row
  const sum = readDecimal(decimal)
  return isTexts(dims) && sum !== undefined && isCount(count) ? { dims, sum, count } : undefined
}

const inOrder = (rows: readonly Cell[]): boolean =>
  rows.every((row, at) => at === 0 || compareDims(rows[at - 1]!.dims, row.dims) < 0)

/** Order of rows: dimension by dimension, by UTF-16 code unit, as RFC 8785 sorts names. */
export function compareDims(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at] !== b[at]) return a[at]! < b[at]! ? -1 : 1
  }
  return a.length - b.length
}

/** What one fact adds to a metric, object by object; `undefined` when a measure or dimension is missing or odd. */
export function measure(metric: FlowMetric, { pub }: Entry): Added[] | undefined {
  const objects = metric.each === '' ? [pub] : Object.hasOwn(pub, metric.each) ? pub[metric.each] : []
  if (!Array.isArray(objects)) return undefined
  const added = objects.flatMap(object =>
    isLeftOut(metric, object, pub) ? [] : [measureOne(metric, object, pub)],
  )
  return added.every(cell => cell !== undefined) ? added : undefined
}

/** A name is looked up in the object first. */
const lookUp = (object: JsonObject, pub: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : Object.hasOwn(pub, name) ? pub[name] : undefined

const isLeftOut = ({ except = [] }: FlowMetric, object: Json, pub: JsonObject): boolean =>
  isObject(object) &&
  except.some(([name, values]) => {
    const told = lookUp(object, pub, name)
    return isText(told) && values.includes(told)
  })

function measureOne(metric: FlowMetric, object: Json, pub: JsonObject): Added | undefined {
  if (!isObject(object)) return undefined
  const look = (name: string) => lookUp(object, pub, name)
  const sum = metric.measure === '' ? 1n : readDecimal(look(metric.measure))
  const dims = metric.dimensions.map(
    name => look(name) ?? (metric.unknown?.includes(name) ? 'unknown' : undefined),
  )
  if (sum === undefined || !dims.every(isText)) return undefined
  if (metric.subject === undefined) return { dims, sum }
  const subject = look(metric.subject)
  return isText(subject) ? { dims, sum, subject } : undefined
}
