import { expect, it } from 'vitest'
import { provinces } from './provinces.ts'

const load = provinces.load as (id: string) => string | undefined
const drawn = (code: string) => JSON.parse(load(`\0virtual:province/${code}`)!.replace('export default ', ''))

it('draws every province of which the map knows, small enough for a phone', () => {
  const codes = load('\0virtual:provinces')!.match(/\d{6}(?=': )/g)!
  expect(codes).toHaveLength(34)
  for (const code of codes) {
    const { path, height } = drawn(code)
    expect(path).toMatch(/^(M[-\d. L]+Z)+$/)
    expect(height).toBeGreaterThan(20)
    expect(path.length).toBeLessThan(10_000)
  }
})

it('knows where the counties of a province lie in its drawing', () => {
  const { name, height, places } = drawn('450000')
  expect(name).toBe('广西')
  const [x, y] = places['451003']
  // 田阳 lies in the west of Guangxi
  expect(x).toBeGreaterThan(15)
  expect(x).toBeLessThan(45)
  expect(y).toBeLessThan(height)
  expect(load('\0virtual:province/999999')).toBeUndefined()
})
