import { describe, expect, it } from 'vitest'
import { roles } from '../access/roles.ts'
import {
  defineProcess,
  end,
  office,
  officer,
  type ProcessSpec,
  panel,
  standing,
  task,
  tasks,
} from './define.ts'
import { processGrants, readersOf } from './grants.ts'
import { processesOf } from './registry.ts'
import { mean, score, scoreSheet } from './scores.ts'
import { processKeys, waysOf } from './shape.ts'
import { orchard } from './test-process.ts'

const by = office('task_force')
const whole: ProcessSpec = {
  ...{ name: 'permit', version: 1, start: 'check', form: { name: { kind: 'text', max: 9 } } },
  title: form => String(form.name),
  open: { permit: { citizen: 'own' } },
  read: {},
  states: { check: task({ by, outcomes: { yes: { to: 'done' } } }), done: end() },
}
const sheet = scoreSheet({ all: { items: { points: 100 } } })
const states = (more: ProcessSpec['states']) => ({ ...whole, states: { ...whole.states, ...more } })

describe('a declaration', () => {
  it.each<readonly [string, ProcessSpec]>([
    ['begins in nowhere, which is no state', { ...whole, start: 'nowhere' }],
    [
      'check leads to lost, which is no state',
      states({ check: task({ by, outcomes: { yes: { to: 'lost' } } }) }),
    ],
    ['extra is never reached', states({ extra: task({ by, outcomes: { yes: { to: 'done' } } }) })],
    ['check has no way out', states({ check: standing({ on: {} }) })],
    [
      'check never comes to an end',
      states({
        check: task({ by, outcomes: { a: { to: 'other' }, b: { to: 'done' } } }),
        done: standing({ on: { c: { by, to: 'other' } } }),
        other: task({ by, outcomes: { d: { to: 'done' } } }),
      }),
    ],
    [
      'check: county_officer needs a level of area',
      states({
        check: task({ by: { role: 'county_officer', of: 'area' }, outcomes: { yes: { to: 'done' } } }),
      }),
    ],
    [
      'check joins more tasks than it has',
      states({
        check: tasks({
          each: { a: { by } },
          join: 2,
          outcomes: { pass: { to: 'done' }, fail: { to: 'done' } },
        }),
      }),
    ],
    [
      'check: every outcome but the last names its points',
      states({
        check: panel({
          draw: 3,
          from: 'expert',
          sheet,
          formula: mean,
          outcomes: { a: { to: 'done', atLeast: 1 } },
        }),
      }),
    ],
    [
      'check counts earlier, which gives no score',
      states({
        check: panel({
          draw: 3,
          from: 'expert',
          sheet,
          formula: score('earlier'),
          outcomes: { a: { to: 'done' } },
        }),
      }),
    ],
    [
      'check ends, and leads nowhere',
      states({ check: standing({ for: { years: 1 }, on: { a: { by, to: 'done' } } }) }),
    ],
    [
      'check reminds of name, which is no date',
      states({ check: standing({ remind: { name: [7] }, on: { a: { by, to: 'done' } } }) }),
    ],
    ['name names no area', { ...whole, parties: { area: 'name' } }],
    ['name names no organisation', { ...whole, parties: { organisation: 'name' } }],
    [
      'cannot show secret',
      { ...whole, form: { secret: { kind: 'text', max: 9, personal: 'personal' } }, shown: ['secret'] },
    ],
    ['versions grow', { ...whole, before: [{ ...whole, version: 1 }] }],
    ['is not a name', { ...whole, name: 'Permit' }],
  ])('%s: is refused where it is written', (what, spec) => {
    expect(() => defineProcess(spec)).toThrow(`process ${spec.name}: ${what}`)
  })

  it('keeps the rules of its earlier versions, and knows no others', () => {
    expect(Object.keys(orchard.at(1).states)).toEqual(['only', 'done', 'retracted'])
    expect(orchard.at(2).states.experts).toMatchObject({ kind: 'panel', draw: 5 })
    expect(() => orchard.at(3)).toThrow('has no version 3')
    expect(() => processesOf([orchard, orchard])).toThrow('declared twice')
    expect(() => processesOf([orchard]).of('meadow')).toThrow('process meadow: is not declared')
  })

  it('gives each role on its way its reach: desks, experts, those who open and those named', () => {
    expect(readersOf(orchard)).toEqual({
      coop_clerk: ['organisation'],
      task_force: ['programme'],
      township_officer: ['area'],
      county_officer: ['area'],
      market_regulator: ['programme'],
      expert: ['own'],
    })
    // anybody may stand in for a colleague, and then reads what lies with them
    const anyone = Object.fromEntries(roles.map(role => [role, 'own']))
    expect(processGrants([defineProcess(whole)]).slice(0, 4)).toEqual([
      { action: 'process.list', roles: { public: 'programme' } },
      { action: 'permit.open', roles: { citizen: 'own' } },
      { action: 'permit.read', roles: { ...anyone, citizen: ['own'], task_force: ['programme'] } },
      { action: 'permit.reveal', roles: { ...anyone, citizen: ['own'], task_force: ['programme'] } },
    ])
    expect(officer('county_officer', 'county')).toEqual({
      role: 'county_officer',
      of: 'area',
      level: 'county',
    })
  })
})

it('says of an outcome that it is grave, and asks for the words of it; nothing of another', () => {
  const outcomes = { burn: { to: 'done', grave: true }, keep: { to: 'done' } } as const
  expect(waysOf(outcomes)).toEqual([
    { name: 'burn', to: 'done', note: false, grave: true },
    { name: 'keep', to: 'done', note: false },
  ])
  const keys = processKeys(defineProcess(states({ check: task({ by, outcomes }) })))
  expect(keys.filter(key => key.startsWith('grave.'))).toEqual(['grave.burn'])
})
