import { describe, expect, it } from 'vitest'
import { drawingOf, marksOf, orderOf } from './lifecycle.ts'
import type { StateShape } from './shapes.ts'

const state = (name: string, next: string[], kind: StateShape['kind'] = 'task'): StateShape => ({
  ...{ name, kind, next, roles: [], within: null, form: [], outcomes: [] },
})

const entry = [
  state('refused', [], 'end'),
  state('first', ['second', 'returned', 'refused']),
  state('second', ['published', 'refused']),
  state('published', ['listed', 'refused'], 'publicity'),
  state('returned', ['first', 'refused']),
  state('listed', [], 'end'),
]

describe('a lifecycle', () => {
  it('stands in the order of its ways, the first of each at once', () => {
    expect(orderOf(entry, 'first').map(({ name }) => name)).toEqual([
      'first',
      'second',
      'published',
      'listed',
      'returned',
      'refused',
    ])
  })

  it('leaves out what is never reached', () =>
    expect(orderOf([...entry, state('island', [])], 'first')).toHaveLength(6))

  it('is drawn with straight lines, ways ahead and ways back in lanes that ways to one state share', () => {
    const { straight, arcs } = drawingOf(entry, 'first')
    expect(straight).toEqual([true, true, true, false, true, false])
    expect(arcs).toEqual([
      { from: 0, to: 4, side: 'ahead', lane: 0 },
      { from: 0, to: 5, side: 'ahead', lane: 1 },
      { from: 1, to: 5, side: 'ahead', lane: 1 },
      { from: 2, to: 5, side: 'ahead', lane: 1 },
      { from: 4, to: 0, side: 'back', lane: 0 },
    ])
  })

  it('does not fall for circles', () => {
    const circle = [state('a', ['b']), state('b', ['a', 'c']), state('c', ['b'])]
    expect(orderOf(circle, 'a').map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('marks what was passed, where it is and what may come', () => {
    const marks = marksOf(entry, 'second', [
      { from: null, to: 'first' },
      { from: 'first', to: 'second' },
    ])
    expect([...marks]).toEqual([
      ['refused', 'ahead'],
      ['first', 'passed'],
      ['second', 'now'],
      ['published', 'ahead'],
      ['returned', 'ahead'],
      ['listed', 'ahead'],
    ])
  })
})
