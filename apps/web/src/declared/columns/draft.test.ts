import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import { describe, expect, it } from 'vitest'
import { changesOf, draftOf, wireOf } from './draft.ts'

const column = (name: string, more: Partial<ColumnShape>): ColumnShape => ({
  ...{ name, kind: 'text', required: true, personal: null, filter: false, sort: false, search: false },
  ...{
    listed: true,
    frozen: false,
    proposed: false,
    computed: false,
    max: null,
    min: null,
    format: null,
    unit: null,
  },
  ...{ of: [], level: null },
  ...more,
})

const columns = [
  column('code', { frozen: true }),
  column('rent', { kind: 'number', unit: 'fen', min: 0, max: 1_000_000 }),
  column('phone', { personal: 'personal', format: 'phone' }),
  column('note', { required: false }),
  column('covered', { kind: 'yes' }),
  column('heated', { kind: 'yes', required: false }),
  column('goods', { kind: 'choices', of: ['fruit', 'tea'], required: false }),
]
const row = {
  ...{ code: 'VP-1', rent: 120_050, phone: '138****0000', note: null },
  ...{ covered: true, goods: ['fruit'] },
}

describe('a form of columns', () => {
  it('shows amounts in yuan and leaves masked values out', () => {
    expect(draftOf(columns, row)).toEqual({ code: 'VP-1', rent: '1200.50', covered: true, goods: ['fruit'] })
  })

  it('reads them back as the wire has them', () => {
    const draft = { code: ' VP-1 ', rent: '1200.5', phone: '13800000000', covered: true }
    expect(wireOf(columns, draft)).toEqual({
      values: {
        ...{ code: 'VP-1', rent: 120_050, phone: '13800000000' },
        ...{ note: null, covered: true, heated: null, goods: null },
      },
      faults: {},
    })
  })

  it('tells each fault at its column', () => {
    expect(wireOf(columns, { code: '', rent: '12.345' }).faults).toEqual({
      code: { key: 'value.required' },
      rent: { key: 'value.places' },
      phone: { key: 'value.required' },
    })
    expect(wireOf(columns, { rent: '-1' }).faults.rent).toEqual({
      key: 'value.too_small',
      params: { min: '0.00' },
    })
    expect(wireOf(columns, { rent: '10000.01' }).faults.rent).toEqual({
      key: 'value.too_large',
      params: { max: '10000.00' },
    })
  })

  it('sends only what changed, and a masked value only when it was typed again', () => {
    const mayLack = ({ personal }: ColumnShape) => personal !== null
    const after = wireOf(columns, { ...draftOf(columns, row), rent: '1300' }, { mayLack }).values
    expect(changesOf(columns, row, after)).toEqual({ rent: 130_000 })
    expect(changesOf(columns, row, { ...after, phone: '13900000000', code: 'VP-2' })).toEqual({
      rent: 130_000,
      phone: '13900000000',
    })
  })
})
