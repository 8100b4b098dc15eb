import { expect, it } from 'vitest'
import { Problem } from '../../api/problem.ts'
import { faultsOf, isPlaced } from './problems.ts'

it('places the faults of a refusal at their columns, parts counted from 1', () => {
  const problem = Problem.of(
    {
      ...{ code: 'row.refused', params: {}, requestId: 'r' },
      faults: [
        { column: 'code', code: 'row.taken', params: {} },
        { column: 'member.2.idNumber', code: 'value.too_long', params: { max: 18 } },
      ],
    },
    409,
  )
  expect(faultsOf(problem)).toEqual({
    code: { key: 'row.taken', params: {} },
    'member.2.idNumber': { key: 'value.too_long', params: { max: 18 } },
  })
})

it('places the faults of a shape at their fields', () => {
  const problem = new Problem('input.invalid', 400, {
    fields: ['body/values/rent', 'body/parts/member/1/name', 'body/version'],
    reasons: ['too_small', 'invalid_type', 'custom'],
  })
  expect(faultsOf(problem)).toEqual({
    rent: { key: 'value.type' },
    'member.2.name': { key: 'value.type' },
  })
})

it('places a refusal that names one column', () => {
  const problem = new Problem('row.taken', 409, { column: 'code', value: 'VP-1' })
  expect(faultsOf(problem)).toEqual({ code: { key: 'row.taken', params: { column: 'code', value: 'VP-1' } } })
})

it('leaves everything else to the notice above the form', () => {
  expect(isPlaced(new Problem('row.changed', 409, { version: 3 }))).toBe(false)
  expect(isPlaced(new TypeError('x'))).toBe(false)
})
