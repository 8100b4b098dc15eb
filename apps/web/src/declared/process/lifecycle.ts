import type { StateShape } from './shapes.ts'

export type Mark = 'passed' | 'now' | 'ahead'

/** A way between two states of the drawing that is not simply the next line. */
export interface Arc {
  readonly from: number
  readonly to: number
  /** Ways that lead back stand on the left, those that skip ahead on the right. */
  readonly side: 'back' | 'ahead'
  /** Arcs of one side whose spans overlap stand in different lanes, the short ones inside. */
  readonly lane: number
}

export interface Drawing {
  readonly states: readonly StateShape[]
  readonly arcs: readonly Arc[]
  /** Lines whose next line is one of the ways on: a straight line joins them. */
  readonly straight: readonly boolean[]
}

/** States from the first on, each after all that lead to it but for ways back, the plain ends last. */
export function orderOf(states: readonly StateShape[], start: string): StateShape[] {
  const byName = new Map(states.map(state => [state.name, state]))
  const depth = depths(byName, start)
  const place = new Map(states.map((state, at) => [state.name, at]))
  return states
    .filter(({ name }) => depth.has(name))
    .sort((a, b) => rank(a, depth) - rank(b, depth) || place.get(a.name)! - place.get(b.name)!)
}

const rank = ({ name, kind }: StateShape, depth: ReadonlyMap<string, number>): number =>
  depth.get(name)! + (kind === 'end' ? 1000 : 0)

/** The longest way from the start to each state, ways back left out. */
function depths(byName: ReadonlyMap<string, StateShape>, start: string): Map<string, number> {
  const depth = new Map<string, number>()
  const onWay = new Set<string>()
  const visit = (name: string, at: number): void => {
    const state = byName.get(name)
    if (!state || onWay.has(name) || (depth.get(name) ?? -1) >= at) return
    depth.set(name, at)
    onWay.add(name)
    for (const next of state.next) visit(next, at + 1)
    onWay.delete(name)
  }
  visit(start, 0)
  return depth
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

function lanes(ways: readonly { from: number; to: number }[], side: Arc['side']): Arc[] {
  const mine = ways.filter(({ from, to }) => (side === 'back' ? to < from : to > from))
  const arcs: Arc[] = []
  for (const way of mine.sort((a, b) => Math.abs(a.to - a.from) - Math.abs(b.to - b.from))) {
    const taken = new Set(arcs.filter(arc => overlap(arc, way)).map(({ lane }) => lane))
    let lane = 0
    while (taken.has(lane)) lane++
    arcs.push({ ...way, side, lane })
  }
  return arcs
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
