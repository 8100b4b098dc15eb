import { contactPhone } from '@silian/kernel/declared/contact.ts'
import { defineRegister } from '@silian/kernel/register/define.ts'
import { baseTypes, exitPermissions, gaps, gapsOf, livestock } from './gaps.ts'

const optional = { required: false } as const
const date = { kind: 'date', ...optional } as const

/** 菜篮子基地 (domain 2.3): where goods come from, with what a recognition asks for and what is still lacking. */
export const base = defineRegister({
  name: 'base',
  columns: {
    code: {
      ...{ kind: 'text', max: 32, format: 'code', frozen: true, open: true },
      ...{ search: true, sort: true, listed: true },
    },
    name: { kind: 'text', max: 80, search: true, listed: true },
    areaCode: { kind: 'area', filter: true, listed: true },
    operatorId: {
      ...{ kind: 'organisation', types: ['cooperative', 'enterprise'], open: true },
      ...{ filter: true, listed: true },
    },
    type: { kind: 'choice', of: baseTypes, open: true, filter: true, listed: true },
    livestock: { kind: 'choice', of: livestock, ...optional },
    landArea: { kind: 'number', unit: 'square_metre', min: 0, sort: true, listed: true, ...optional },
    yearlyHead: { kind: 'number', unit: 'head', min: 0, ...optional },
    yearlyOutput: { kind: 'number', unit: 'gram', min: 0, sort: true, ...optional },
    cityShare: { kind: 'number', unit: 'bp', min: 0, max: 10_000, ...optional },
    licence: { kind: 'text', max: 60, ...optional },
    agreement: { kind: 'yes', ...optional },
    operatedSince: date,
    producingSince: date,
    landUntil: date,
    soilTestedOn: date,
    waterTestedOn: date,
    records: { kind: 'yes', ...optional },
    exitPermission: { kind: 'choice', of: exitPermissions, ...optional },
    recognisedOn: { ...date, open: true, listed: true, byProcess: true },
    recognisedUntil: { ...date, open: true, byProcess: true },
    contactName: { kind: 'text', max: 40, personal: 'personal', retention: 'none', ...optional },
    contactPhone,
    gaps: { kind: 'choices', of: gaps, computed: true, filter: true, listed: true, ...optional },
  },
  key: 'code',
  label: 'name',
  parties: { area: 'areaCode', organisations: ['operatorId'] },
  dated: true,
  permit: {
    read: {
      coop_clerk: 'organisation',
      county_officer: 'area',
      task_force: 'programme',
      auditor: 'programme',
    },
    create: { coop_clerk: 'organisation', county_officer: 'area' },
    change: { coop_clerk: 'organisation', county_officer: 'area' },
    close: { county_officer: 'area' },
    reveal: { county_officer: 'area' },
    import: { county_officer: 'area' },
    succeed: { county_officer: 'area' },
  },
  compute: ({ values }, { today }) => ({ values: { gaps: gapsOf(values, today) } }),
})
