import { type Entry, parseEntry } from './entry.ts'
import { type Figure, type FlowMetric, readFigure, readMetric } from './metric.ts'
import type { Passing } from './sample-read.ts'

/** A figure by the fact that published it, or by its metric and period. */
export type FigureName = { readonly id: string } | { readonly metric: string; readonly period: string }

/** A published figure, where it stands, and what its metric counts. */
export interface FoundFigure {
  readonly index: number
  readonly entry: Entry
  readonly figure: Figure
  readonly metric: FlowMetric
}

/** Looks for a figure and the definition of its metric as entries pass. */
export class FigureSearch {
  readonly #metrics = new Map<string, FlowMetric>()
  readonly #name: FigureName
  #found: Omit<FoundFigure, 'metric'> | undefined

  constructor(name: FigureName) {
    this.#name = name
  }

  see({ index, type, bytes }: Passing): void {
    if (type !== 'figure.published' && type !== 'metric.defined') return
    const parsed = parseEntry(bytes)
    if (!parsed.ok) return
    if (type === 'figure.published') this.#figure(index, parsed.value.entry)
    else this.#metric(parsed.value.entry)
  }

  get found(): FoundFigure | undefined {
    const metric = this.#found && this.#metrics.get(this.#found.figure.metric)
    return metric && { ...this.#found!, metric }
  }

  #figure(index: number, entry: Entry): void {
    const figure = readFigure(entry.pub)
    const name = this.#name
    const isIt =
      'id' in name ? entry.id === name.id : figure?.metric === name.metric && figure.period === name.period
    // a period is closed once: what comes later under its name is none
    if (figure && isIt) this.#found ??= { index, entry, figure }
  }

  #metric({ pub }: Entry): void {
    const metric = readMetric(pub)
    if (metric && metric !== 'other' && !this.#metrics.has(metric.metric))
      this.#metrics.set(metric.metric, metric)
  }
}
