import { expect, test } from 'vitest'
import { amountText, fenIn } from './amounts.ts'

test.each([
  [1200n, 'fen', '12.00 元', '12.00 yuan'],
  [-5n, 'fen', '-0.05 元', '-0.05 yuan'],
  [0n, 'fen', '0.00 元', '0.00 yuan'],
  [37n, 'household', '37 household', '37 household'],
  [37n, '', '37', '37'],
])('%s %s', (sum, unit, zh, en) => {
  expect([amountText(sum, unit, 'zh'), amountText(sum, unit, 'en')]).toEqual([zh, en])
})

test('what a fact states in fen is told, and nothing else', () => {
  const pub = { fen: '1200', householdsFen: '800', often: '3', otherFen: 4, fens: '5', badFen: '1.5' }
  expect(fenIn(pub)).toEqual([
    { name: 'fen', fen: 1200n },
    { name: 'householdsFen', fen: 800n },
  ])
})
