import { fault } from '@silian/kernel/declared/values.ts'
import { defineRegister } from '@silian/kernel/register/define.ts'
import { classColumn, placed } from './class-column.ts'

const keepers = { county_officer: 'area', task_force: 'programme' } as const

/** Words of months: `1` to `12`. */
export const months = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const

/** 农时台账: what is harvested in which county in which months; the shop's calendar shows what is shown. */
export const harvestSeason = defineRegister({
  name: 'harvest_season',
  columns: {
    class: { ...classColumn, open: true, frozen: true, filter: true, listed: true },
    countyCode: { kind: 'area', level: 'county', open: true, frozen: true, filter: true, listed: true },
    harvestedIn: { kind: 'choices', of: months, open: true, filter: true, listed: true },
    state: { kind: 'choice', of: ['shown', 'withdrawn'], open: true, filter: true, listed: true },
    source: { kind: 'text', max: 200 },
    code: { kind: 'text', max: 24, computed: true },
    // a class of a county is shown once
    shownAs: { kind: 'text', max: 100, computed: true, inner: true, unique: true, required: false },
  },
  key: 'code',
  parties: { area: 'countyCode' },
  permit: {
    read: { ...keepers, auditor: 'programme' },
    create: keepers,
    change: keepers,
    import: keepers,
  },
  check: ({ values }) =>
    values.harvestedIn.length > 0 ? [] : [fault('harvestedIn', 'harvest_season.no_month')],
  compute: ({ id, values }) => ({ values: placed(id, values) }),
  example: { values: { class: 'fruit/tropical/mango', state: 'withdrawn' } },
})
