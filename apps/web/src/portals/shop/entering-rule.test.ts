import { expect, it } from 'vitest'
import { enteringRule } from './entering-rule.ts'

const draft = { id: '', validFrom: '', values: {}, parts: {} }

it('asks the shop by what a pavilion lets in', () => {
  expect(enteringRule('pavilion', draft)).toEqual({})
  const parts = { area: [{ areaCode: '450000' }, {}, { areaCode: '441600' }], goods: [{ class: 'fruit' }] }
  expect(
    enteringRule('pavilion', { ...draft, values: { recognisedOnly: true, marks: ['green'] }, parts }),
  ).toEqual({ county: '450000,441600', class: 'fruit', mark: 'green', recognised: 'true' })
})

it('asks for a flagship once its county and its class are there, and for nothing else', () => {
  const values = { countyCode: '451003', class: 'fruit/tropical/mango' }
  expect(enteringRule('flagship', { ...draft, values })).toEqual({
    county: '451003',
    class: 'fruit/tropical/mango',
  })
  expect(enteringRule('flagship', { ...draft, values: { class: 'fruit' } })).toBeUndefined()
  expect(enteringRule('flagship', { ...draft, values: { ...values, countyCode: '4510' } })).toBeUndefined()
  expect(enteringRule('household', draft)).toBeUndefined()
})
