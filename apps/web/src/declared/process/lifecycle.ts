import type { StateShape } from './shapes.ts'

export type Mark = 'passed' | 'now' | 'ahead'

/** A way between two states of the drawing that is not simply the next line. */
export interface Arc {
  readonly from: number
  readonly to: number
  /** Ways that lead back stand on the left, those that skip ahead on the right. */
  readonly side: 'back' | 'ahead'
  /** Ways to one state share a lane; lanes whose spans overlap stand apart, the short ones inside. */
  readonly lane: number
}

export interface Drawing {
  readonly states: readonly StateShape[]
  readonly arcs: readonly Arc[]
  /** Lines whose next line is one of the ways on: a straight line joins them. */
  readonly straight: readonly boolean[]
}

/**
 * States in the order of their ways: after each state the first way out of it, as far as that leads, and only then the
 * others, so that the way people hope for stands in one line. What is never reached is left out.
 */
export function orderOf(states: readonly StateShape[], start: string): StateShape[] {
  const byName = new Map(states.map(state => [state.name, state]))
  const seen = new Set<string>()
  const ordered: StateShape[] = []
  const visit = (name: string): void => {
    const state = byName.get(name)
    if (!state || seen.has(name)) return
    seen.add(name)
    for (const next of [...state.next].reverse()) visit(next)
    ordered.unshift(state)
  }
  visit(start)
  return ordered
}

/** How a lifecycle is drawn: a line a state, and arcs for the ways that skip lines or lead back. */
export function drawingOf(states: readonly StateShape[], start: string): Drawing {
  const ordered = orderOf(states, start)
  const line = new Map(ordered.map(({ name }, at) => [name, at]))
  const ways = ordered.flatMap(({ next }, from) =>
    [...new Set(next)].flatMap(name => {
      const to = line.get(name)
      return to === undefined || to === from || to === from + 1 ? [] : [{ from, to }]
    }),
  )
  const straight = ordered.map(({ next }, at) => {
    const below = ordered[at + 1]
    return below !== undefined && next.includes(below.name)
  })
  return { states: ordered, straight, arcs: [...lanes(ways, 'ahead'), ...lanes(ways, 'back')] }
}

/** Ways to one state share a lane: they run together into it. */
function lanes(ways: readonly Span[], side: Arc['side']): Arc[] {
  const mine = ways.filter(({ from, to }) => (side === 'back' ? to < from : to > from))
  const groups = [...Map.groupBy(mine, ({ to }) => to)].map(([to, group]) => {
    const lines = [to, ...group.map(({ from }) => from)]
    return { group, from: Math.min(...lines), to: Math.max(...lines) }
  })
  const placed: (Span & { lane: number; group: readonly Span[] })[] = []
  for (const one of groups.sort((a, b) => a.to - a.from - (b.to - b.from))) {
    const taken = new Set(placed.filter(other => overlap(other, one)).map(({ lane }) => lane))
    let lane = 0
    while (taken.has(lane)) lane++
    placed.push({ ...one, lane })
  }
  return placed.flatMap(({ group, lane }) => group.map(way => ({ ...way, side, lane })))
}

interface Span {
  readonly from: number
  readonly to: number
}

const overlap = (a: Span, b: Span): boolean =>
  Math.max(Math.min(a.from, a.to), Math.min(b.from, b.to)) <
  Math.min(Math.max(a.from, a.to), Math.max(b.from, b.to))

/** Where a case stands: the states its trail went through, the one it is in, and those it may still come to. */
export function marksOf(
  states: readonly StateShape[],
  now: string,
  trail: readonly { readonly from: string | null; readonly to: string }[],
): Map<string, Mark> {
  const passed = new Set(trail.flatMap(({ from, to }) => (from ? [from, to] : [to])))
  return new Map(
    states.map(({ name }) => [name, name === now ? 'now' : passed.has(name) ? 'passed' : 'ahead']),
  )
}
