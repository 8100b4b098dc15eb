import { expect, it, test } from 'vitest'
import { type BaseState, gaps, gapsOf } from './gaps.ts'

const whole: BaseState = {
  ...{ areaCode: '451003901001', type: 'crops', livestock: null, landArea: 666_667, yearlyHead: null },
  ...{
    cityShare: 5000,
    licence: 'L',
    agreement: true,
    operatedSince: '2023-10-01',
    producingSince: '2024-10-01',
  },
  ...{ landUntil: '2025-10-02', soilTestedOn: '2023-10-02', waterTestedOn: '2025-01-01', records: true },
  exitPermission: 'commissioned',
}
const on = (more: Partial<BaseState>) => gapsOf({ ...whole, ...more }, '2025-10-01')

it('a base that has everything lacks nothing; an empty one lacks all', () => {
  expect(on({})).toEqual([])
  const empty = Object.fromEntries(Object.keys(whole).map(name => [name, null])) as unknown as BaseState
  expect(gapsOf({ ...empty, areaCode: '451003', type: 'crops' }, '2025-10-01')).toEqual([...gaps])
})

test.each<[string, Partial<BaseState>, string[]]>([
  ['a day short of two years', { operatedSince: '2023-10-02' }, ['run']],
  ['a day short of one year', { producingSince: '2024-10-02' }, ['production']],
  ['land until today', { landUntil: '2025-10-01' }, ['land']],
  ['tests two years old', { soilTestedOn: '2023-10-01' }, ['tests']],
  ['no exit permission', { exitPermission: 'none' }, ['exit']],
  ['a share below half', { cityShare: 4999 }, ['share']],
  ['a square metre short of 1,000 mu', { landArea: 666_666 }, ['scale']],
  ['500 mu in the province', { areaCode: '440500', landArea: 333_334 }, []],
  ['200 mu in the city', { areaCode: '440306', landArea: 133_334 }, []],
  ['200 mu in the province', { areaCode: '440500', landArea: 133_334 }, ['scale']],
  ['9,999 pigs', { type: 'livestock', livestock: 'pigs', yearlyHead: 9999 }, ['scale']],
  ['500 sheep', { type: 'livestock', livestock: 'cattle_sheep', yearlyHead: 500 }, []],
  ['fish', { type: 'aquatic', landArea: null }, []],
])('%s', (_, more, wanted) => {
  expect(on(more)).toEqual(wanted)
})
