import { expect, it } from 'vitest'
import { areaSteps, fixedSteps, wayTo } from './area.ts'

it.each([
  ['', []],
  ['450000', ['450000']],
  ['451000', ['450000', '451000']],
  ['451003', ['450000', '451000', '451003']],
  ['451003901', ['450000', '451000', '451003', '451003901']],
  ['451003901001', ['450000', '451000', '451003', '451003901', '451003901001']],
])('the way to %s is %j', (code, way) => expect(wayTo(code)).toEqual(way))

it('offers the provinces first and one level below what is chosen', () => {
  expect(areaSteps('', null)).toEqual([{ level: 'province', parent: '', chosen: '' }])
  expect(areaSteps('451000', null)).toEqual([
    { level: 'province', parent: '', chosen: '450000' },
    { level: 'city', parent: '450000', chosen: '451000' },
    { level: 'county', parent: '451000', chosen: '' },
  ])
})

it('goes no deeper than the level that is wanted', () => {
  expect(areaSteps('451003', 'county').map(({ level }) => level)).toEqual(['province', 'city', 'county'])
  expect(areaSteps('450000', 'province').map(({ level }) => level)).toEqual(['province'])
})

it.each([
  ['a village within the own county', '451003', '', 'village', 3],
  ['a village chosen there', '451003', '451003901001', 'village', 3],
  ['an area above the own one', '451003', '450000', 'village', 0],
  ['one elsewhere', '451003', '451028901001', 'village', 0],
  ['any area: the own one can still be chosen', '451003', '', null, 2],
  ['a county', '451003', '', 'county', 2],
  ['a province', '451003', '', 'province', 0],
  ['no area of one’s own', '', '', 'village', 0],
])('%s leaves what is above as text', (_, own, code, wanted, fixed) =>
  expect(fixedSteps(own, code, wanted)).toBe(fixed),
)
