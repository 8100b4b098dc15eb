import { contactPhone } from '@silian/kernel/declared/contact.ts'
import { defineRegister } from '@silian/kernel/register/define.ts'
import { unknownGoods } from './goods.ts'
import { checkStanding, kinds, states } from './rules.ts'

const optional = { required: false } as const
const keepers = { coop_clerk: 'organisation', district_officer: 'area' } as const

/** 售货点台账: cabinets (专柜) and other points where goods of the pavilion are sold to passers-by (domain 2.14, S3-80). */
export const vendingPoint = defineRegister({
  name: 'vending_point',
  columns: {
    code: {
      ...{ kind: 'text', max: 32, format: 'code', frozen: true, open: true },
      ...{ search: true, sort: true, listed: true },
    },
    name: { kind: 'text', max: 60, search: true, listed: true },
    kind: { kind: 'choice', of: kinds, open: true, filter: true, listed: true },
    areaCode: { kind: 'area', filter: true, listed: true },
    address: { kind: 'text', max: 120 },
    operatorId: {
      ...{ kind: 'organisation', types: ['cooperative', 'enterprise', 'platform_operator'], open: true },
      ...{ filter: true, listed: true },
    },
    cabinets: { kind: 'number', min: 1, max: 500, open: true, sort: true, listed: true },
    state: { kind: 'choice', of: states, open: true, filter: true, listed: true },
    placedOn: { kind: 'date', open: true, filter: true, sort: true, listed: true },
    withdrawnOn: { kind: 'date', open: true, ...optional },
    monthlyRent: { kind: 'number', unit: 'fen', min: 0, sort: true, ...optional },
    contactPhone,
    goods: { kind: 'number', computed: true, listed: true },
  },
  key: 'code',
  label: 'name',
  parts: {
    good: {
      columns: {
        product: { kind: 'text', max: 64, format: 'code' },
        price: { kind: 'number', unit: 'fen', min: 1, ...optional },
      },
      key: 'product',
      most: 200,
    },
  },
  parties: { area: 'areaCode', organisations: ['operatorId'] },
  dated: true,
  permit: {
    read: { ...keepers, market_regulator: 'programme', task_force: 'programme', auditor: 'programme' },
    create: keepers,
    change: keepers,
    close: { district_officer: 'area' },
    reveal: keepers,
    import: keepers,
  },
  check: ({ values }, { today }) => checkStanding(values, today),
  checkMany: (tx, points) => unknownGoods(tx, points),
  compute: ({ parts }) => ({ values: { goods: parts.good.length } }),
  // a point in use has no day of withdrawal; what is sold must be a product
  example: { values: { withdrawnOn: null }, parts: { good: [{ product: 'mango', price: 1990 }] } },
})
