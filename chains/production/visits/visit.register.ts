import { defineRegister } from '@silian/kernel/register/define.ts'
import { household } from '../households/household.register.ts'

const optional = { required: false } as const
const visitors = { village_cadre: 'area', county_officer: 'area' } as const

/** 走访记录: who went to see a household, when, and what was found (P58, G9). */
export const visit = defineRegister({
  name: 'visit',
  columns: {
    code: { kind: 'text', max: 40, computed: true, listed: true },
    householdId: { kind: 'row', of: 'household', filter: true, frozen: true, listed: true },
    visitedOn: { kind: 'date', filter: true, sort: true, listed: true },
    way: { kind: 'choice', of: ['home', 'phone', 'field', 'village_office'], filter: true, listed: true },
    visitor: { kind: 'text', max: 40, personal: 'personal', retention: 'none', listed: true },
    topics: {
      ...{ kind: 'choices', filter: true, listed: true },
      of: ['income', 'health', 'school', 'housing', 'water', 'work', 'industry', 'policy', 'other'],
      ...optional,
    },
    findings: { kind: 'text', max: 1000, format: 'long', personal: 'sensitive', retention: 'none' },
    needs: { kind: 'text', max: 1000, format: 'long', personal: 'sensitive', retention: 'none', ...optional },
    followUpOn: { kind: 'date', filter: true, sort: true, listed: true, ...optional },
    photos: { kind: 'files', most: 9, ...optional },
  },
  key: 'code',
  tellsOf: 'householdId',
  parties: { area: 'householdId' },
  refers: [household],
  permit: {
    read: { ...visitors, auditor: 'programme' },
    create: visitors,
    change: visitors,
    close: visitors,
    reveal: visitors,
    import: visitors,
  },
  // a household may be seen twice on a day
  compute: ({ id, values }) => ({ values: { code: `${values.visitedOn}-${id.slice(-8)}` } }),
})
