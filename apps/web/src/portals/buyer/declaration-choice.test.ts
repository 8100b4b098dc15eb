import { expect, it } from 'vitest'
import { chosenAmong, fittingIn } from './declaration-choice.ts'

const share = (id: string, year = 2026, state = 'confirmed' as const) => ({ id, year, state })

it('an order may be for confirmed shares of its year', () => {
  const all = [share('a'), share('b', 2025), { ...share('c'), state: 'declared' as const }]
  expect(fittingIn(all, 2026).map(({ id }) => id)).toEqual(['a'])
})

it.each([
  [['a'], '', 'a'],
  [['a', 'b'], '', ''],
  [['a', 'b'], 'b', 'b'],
  [['a'], 'gone', 'a'],
  [[], 'gone', ''],
])('of %j with %j chosen it is for %j', (ids, chosen, expected) =>
  expect(
    chosenAmong(
      ids.map(id => share(id)),
      chosen,
    ),
  ).toBe(expected),
)
