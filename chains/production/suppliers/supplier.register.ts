import { defineRegister } from '@silian/kernel/register/define.ts'

export const supplierStates = ['active', 'warned', 'suspended', 'removed'] as const
export type SupplierState = (typeof supplierStates)[number]

/** May go on selling: a warning is a warning. */
export const sells = (state: SupplierState): boolean => state === 'active' || state === 'warned'

const readers = {
  coop_clerk: 'organisation',
  county_officer: 'area',
  agriculture_officer: 'area',
  platform_reviewer: 'programme',
  task_force: 'programme',
  auditor: 'programme',
} as const

/** 供应商台账: organisations admitted to sell (domain 2.1). Rows come and change by the process `supplier_entry` alone. */
export const supplier = defineRegister({
  name: 'supplier',
  columns: {
    code: { kind: 'text', max: 80, format: 'code', frozen: true, open: true, sort: true, listed: true },
    name: { kind: 'text', max: 80, search: true, listed: true },
    organisationId: { kind: 'organisation', frozen: true, open: true, unique: true, filter: true },
    countyCode: { kind: 'area', level: 'county', open: true, filter: true, listed: true },
    creditCode: { kind: 'text', max: 18, format: 'credit_code', required: false, search: true },
    state: { kind: 'choice', of: supplierStates, open: true, filter: true, listed: true },
    since: { kind: 'date', sort: true, listed: true },
  },
  key: 'code',
  label: 'name',
  parts: {
    certificate: {
      columns: {
        kind: { kind: 'choice', of: ['licence', 'food_permit', 'test_report'] },
        validTo: { kind: 'date' },
      },
      key: 'kind',
      most: 3,
    },
  },
  parties: { area: 'countyCode', organisations: ['organisationId'] },
  dated: true,
  permit: { read: readers },
})
