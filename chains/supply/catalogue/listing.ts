import { fault } from '@silian/kernel/declared/values.ts'
import { defineRegister } from '@silian/kernel/register/define.ts'
import { buyerGroups } from './contract.ts'

const optional = { required: false } as const
const month = { kind: 'number', min: 1, max: 12, ...optional } as const

/** 批量上架: a sheet of offers, each out of a lot of a product, with its lower prices on a sheet beside it. */
export const listing = defineRegister({
  name: 'listing',
  columns: {
    code: { kind: 'text', max: 40, format: 'code', listed: true },
    product: { kind: 'text', max: 64, format: 'code' },
    lot: { kind: 'text', max: 40 },
    specZh: { kind: 'text', max: 80 },
    specEn: { kind: 'text', max: 120, ...optional },
    netGrams: { kind: 'number', unit: 'gram', min: 1, max: 1_000_000 },
    perPiece: { kind: 'number', min: 1, max: 1_000_000, ...optional },
    price: { kind: 'number', unit: 'fen', min: 1, max: 1_000_000_000 },
    shipDays: { kind: 'number', unit: 'day', min: 7, max: 30, only: [7, 15, 30], ...optional },
    leadDays: { kind: 'number', unit: 'day', min: 0, max: 90, ...optional },
    seasonFrom: month,
    seasonTo: month,
    shelfLife: { kind: 'number', unit: 'day', min: 1, max: 3650, ...optional },
    coldChain: { kind: 'yes', ...optional },
    leastPieces: { kind: 'number', min: 1, max: 1_000_000, ...optional },
    mostPieces: { kind: 'number', min: 1, max: 1_000_000, ...optional },
    state: { kind: 'choice', of: ['listed', 'withdrawn'], ...optional },
  },
  key: 'code',
  parts: {
    tier: {
      columns: {
        group: { kind: 'choice', of: ['all', ...buyerGroups] },
        pieces: { kind: 'number', min: 1, max: 1_000_000 },
        lowered: { kind: 'number', unit: 'fen', min: 1, max: 1_000_000_000 },
      },
      most: 40,
    },
  },
  parties: {},
  permit: { read: {}, import: { coop_clerk: 'organisation' } },
  check: ({ values }) =>
    (values.seasonFrom === null) === (values.seasonTo === null) ? [] : [fault('seasonTo', 'listing.season')],
})
