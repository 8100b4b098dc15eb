import { describe, expect, it, test } from 'vitest'
import { checkHousehold, compute, type Member, type Situation, warningsOf } from './rules.ts'

const member = (more: Partial<Member> = {}): Member => ({
  ...{ name: '示例', idNumber: '999999198001010018', relation: 'head', sex: 'male', school: null },
  ...{ dropout: null, health: 'healthy', insurance: 'resident' },
  ...more,
})
const situation = (more: Partial<Situation> = {}): Situation => ({
  ...{ class: 'lifted', dangerLevel: null, measures: null, monitoredFrom: null, riskEndedOn: null },
  ...{
    wageIncome: null,
    businessIncome: null,
    transferIncome: null,
    propertyIncome: null,
    productionCost: null,
  },
  ...more,
})

describe('a household', () => {
  test.each<[string, Partial<Member>[], string[]]>([
    ['has a head', [{}], []],
    ['without one', [{ relation: 'son' }], ['member household.no_head']],
    ['with two', [{}, { relation: 'head' }], ['member.2.relation household.two_heads']],
    ['with the head behind', [{ relation: 'son' }, {}], ['member.2.relation household.head_first']],
    [
      'with a son who is a woman and a mother who is a man',
      [{}, { relation: 'son', sex: 'female' }, { relation: 'mother' }],
      ['member.2.relation household.relation_sex', 'member.3.relation household.relation_sex'],
    ],
    ['with a spouse of either sex', [{}, { relation: 'spouse', sex: 'female' }], []],
  ])('%s', (_, members, faults) => {
    expect(checkHousehold(members.map(member)).map(({ column, code }) => `${column} ${code}`)).toEqual(faults)
  })

  it('has its head, size, births and income worked out', () => {
    const income = { wageIncome: 300_001, businessIncome: 100_000, productionCost: 50_000 }
    const second = member({ relation: 'son', name: '示例二', idNumber: '999999200512310018' })
    expect(compute(situation(income), [member(), second], '2025-10-01')).toEqual({
      values: { headName: '示例', memberCount: 2, netIncome: 350_001, perHeadIncome: 175_000, warnings: [] },
      parts: { member: [{ birthYear: 1980 }, { birthYear: 2005 }] },
    })
    expect(compute(situation(), [], '2025-10-01').values).toEqual({
      ...{ headName: null, memberCount: 0, netIncome: null, perHeadIncome: null, warnings: [] },
    })
  })
})

describe('somebody should look at a household', () => {
  test.each<[string, Partial<Situation>, Partial<Member>, string[]]>([
    ['all is told', {}, {}, []],
    ['whose health nobody told', {}, { health: null }, ['no_health']],
    ['that is not insured', {}, { insurance: 'none' }, ['no_insurance']],
    ['that left school for illness, yet is healthy', {}, { dropout: 'illness' }, ['dropout_healthy']],
    ['that left school for illness', {}, { dropout: 'illness', health: 'serious' }, []],
    ['in a dangerous house', { dangerLevel: 'c' }, {}, ['danger_unmonitored']],
    ['in a dangerous house, monitored by its class', { dangerLevel: 'd', class: 'marginal' }, {}, []],
    ['in a safe house', { dangerLevel: 'b' }, {}, []],
    ['monitored for 30 days', { monitoredFrom: '2025-09-01' }, {}, []],
    ['monitored for 31 days without a measure', { monitoredFrom: '2025-08-31' }, {}, ['no_measure']],
    ['monitored with a measure', { monitoredFrom: '2025-08-31', measures: ['work'] }, {}, []],
    ['whose risk has ended', { monitoredFrom: '2025-01-01', riskEndedOn: '2025-06-01' }, {}, []],
  ])('%s', (_, more, one, wanted) => {
    expect(warningsOf(situation(more), [member(one)], '2025-10-01')).toEqual(wanted)
  })
})
