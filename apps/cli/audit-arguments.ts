import { splitArguments } from '@silian/verifier/arguments.ts'
import type { FigureName } from '@silian/verifier/figure-search.ts'
import { drawsFor } from '@silian/verifier/sample-draw.ts'

/** What `silian audit sample` is asked. */
export interface SampleArguments {
  /** Address or folder of the log. */
  readonly log: string
  readonly figure: FigureName
  readonly policy: string
  readonly side: 'plus' | 'minus'
  readonly confidence: number
  readonly rate: number
  readonly draws: number
  /** A file with the key of a machine that may open the figure. */
  readonly key: string | undefined
  /** An earlier sample, to be drawn and checked again. */
  readonly again: string | undefined
  readonly out: string | undefined
  readonly json: boolean
}

const options = {
  figure: { type: 'string' },
  policy: { type: 'string' },
  side: { type: 'string', default: 'plus' },
  confidence: { type: 'string', default: '95' },
  rate: { type: 'string', default: '1' },
  n: { type: 'string' },
  key: { type: 'string' },
  again: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** Reads the command line; undefined for what makes no sense. */
export function sampleArguments(args: readonly string[]): SampleArguments | undefined {
  const given = splitArguments(args, options)
  if (!given) return undefined
  const { values, positionals } = given
  const [log, ...more] = positionals
  const { policy, side, key, again, out, json } = values
  const figure = figureNamed(values.figure)
  const [confidence, rate] = [percent(values.confidence), percent(values.rate)]
  if (!log || more.length > 0 || !figure || !policy || !confidence || !rate) return undefined
  if ((side !== 'plus' && side !== 'minus') || !/^([1-9]\d{0,4})?$/.test(values.n ?? '')) return undefined
  const draws = values.n ? Number(values.n) : drawsFor(confidence, rate)
  return { log, figure, policy, side, confidence, rate, draws, key, again, out, json }
}

/** A share of one, from its percents. */
function percent(text: string): number | undefined {
  const value = /^\d{1,2}(\.\d{1,3})?$/.test(text) ? Number(text) / 100 : 0
  return value > 0 ? value : undefined
}

/** The id of a fact, or `completed_purchases.v2/2025-10`. */
function figureNamed(text = ''): FigureName | undefined {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return { id: text }
  const [, metric, period] = /^([\w.]+)\/(\d{4}-\d\d)$/.exec(text) ?? []
  return metric && period ? { metric, period } : undefined
}
