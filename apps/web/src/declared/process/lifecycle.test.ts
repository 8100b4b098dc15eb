import { describe, expect, it } from 'vitest'
import { drawingOf, marksOf, orderOf } from './lifecycle.ts'
import type { StateShape } from './shapes.ts'

const state = (name: string, next: string[], kind: StateShape['kind'] = 'task'): StateShape => ({
  ...{ name, kind, next, roles: [], within: null, form: [], outcomes: [] },
})

const entry = [
  state('drafted', ['first']),
  state('refused', [], 'end'),
  state('first', ['second', 'drafted', 'refused']),
  state('second', ['published', 'refused']),
  state('published', ['listed', 'objected'], 'publicity'),
  state('objected', ['listed', 'refused']),
  state('listed', [], 'end'),
]

describe('a lifecycle', () => {
  it('stands in the order of its ways, ends last', () => {
    expect(orderOf(entry, 'drafted').map(({ name }) => name)).toEqual([
      'drafted',
      'first',
      'second',
      'published',
      'objected',
      'refused',
      'listed',
    ])
  })

  it('leaves out what is never reached', () =>
    expect(orderOf([...entry, state('island', [])], 'drafted')).toHaveLength(7))

  it('is drawn with straight lines, ways ahead and ways back in lanes of their own', () => {
    const { straight, arcs } = drawingOf(entry, 'drafted')
    expect(straight).toEqual([true, true, true, true, true, false, false])
    expect(arcs).toEqual([
      { from: 4, to: 6, side: 'ahead', lane: 0 },
      { from: 2, to: 5, side: 'ahead', lane: 1 },
      { from: 3, to: 6, side: 'ahead', lane: 2 },
      { from: 1, to: 5, side: 'ahead', lane: 3 },
      { from: 1, to: 0, side: 'back', lane: 0 },
    ])
  })

  it('does not fall for circles', () => {
    const circle = [state('a', ['b']), state('b', ['a', 'c']), state('c', ['b'])]
    expect(orderOf(circle, 'a').map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('marks what was passed, where it is and what may come', () => {
    const marks = marksOf(entry, 'second', [
      { from: null, to: 'drafted' },
      { from: 'drafted', to: 'first' },
      { from: 'first', to: 'second' },
    ])
    expect([...marks]).toEqual([
      ['drafted', 'passed'],
      ['refused', 'ahead'],
      ['first', 'passed'],
      ['second', 'now'],
      ['published', 'ahead'],
      ['objected', 'ahead'],
      ['listed', 'ahead'],
    ])
  })
})
