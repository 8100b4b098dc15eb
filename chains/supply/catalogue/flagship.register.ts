import { defineRegister } from '@silian/kernel/register/define.ts'
import { classColumn, placed } from '../../value/products/class-column.ts'

const keepers = { county_officer: 'area', task_force: 'programme' } as const

/** 一县一品台账 (S3-40): what a county is known for and who works on it there; the shop shows those that are shown. */
export const flagship = defineRegister({
  name: 'flagship',
  columns: {
    nameZh: { kind: 'text', max: 60, search: true, listed: true },
    nameEn: { kind: 'text', max: 120, search: true },
    countyCode: { kind: 'area', level: 'county', open: true, frozen: true, filter: true, listed: true },
    class: { ...classColumn, open: true, frozen: true, filter: true, listed: true },
    state: { kind: 'choice', of: ['shown', 'withdrawn'], open: true, filter: true, listed: true },
    storyZh: { kind: 'text', max: 1000, format: 'long' },
    storyEn: { kind: 'text', max: 2000, format: 'long' },
    source: { kind: 'text', max: 200 },
    code: { kind: 'text', max: 24, computed: true },
    // a class of a county is shown once
    shownAs: { kind: 'text', max: 100, computed: true, inner: true, unique: true, required: false },
  },
  key: 'code',
  label: 'nameZh',
  parts: {
    partner: {
      columns: {
        nameZh: { kind: 'text', max: 80 },
        nameEn: { kind: 'text', max: 160 },
        workZh: { kind: 'text', max: 200, format: 'long' },
        workEn: { kind: 'text', max: 400, format: 'long' },
        source: { kind: 'text', max: 200 },
      },
      key: 'nameZh',
      most: 30,
    },
  },
  parties: { area: 'countyCode' },
  permit: {
    read: { ...keepers, auditor: 'programme' },
    create: keepers,
    change: keepers,
    import: keepers,
  },
  compute: ({ id, values }) => ({ values: placed(id, values) }),
  example: { values: { class: 'fruit/tropical/mango', state: 'withdrawn' } },
})
