import { allRoutes } from '@silian/server/compose.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, casesOf, holderOf, nameOf, servedOf, toldIn } from './cases.ts'
import { expectations } from './expectations.ts'
import { type Ground, layGround } from './ground.ts'
import { hostileInput } from './hostile-input.ts'
import { knocking } from './knocking.ts'
import { leaks } from './leaks.ts'
import { mixtures } from './mixed.ts'
import { publicOperations } from './public-operations.ts'
import { repeating } from './repeating.ts'
import { requests, type Shot } from './requests.ts'
import { type State, stateOf } from './state.ts'

let ground: Ground
beforeAll(async () => {
  ground = await layGround()
})
afterAll(() => ground?.close())

describe('the table of expectations', () => {
  it('has one line for every route, of the action that the route asks for, and no other', () => {
    const declared = allRoutes(ground.server.kit).map(({ method, path, action }) => [
      `${method} ${path}`,
      action,
    ])
    expect(expectations.map(({ route, action }) => [route, action]).sort()).toEqual(declared.sort())
    expect(Object.keys(requests).sort()).toEqual(declared.map(([route]) => route).sort())
  })

  it('names every action of the permissions, and no other', () => {
    const { actions } = ground.server.kit.permit
    expect(new Set(expectations.map(({ action }) => action))).toEqual(actions)
  })
})

// nothing happens between one and the next: what the one left is what the next finds
let left: State | undefined

describe.each(expectations)('$route', line => {
  it('refuses whom it should, tells them nothing, and leaves everything as it was', async () => {
    const refused = casesOf(line).filter(({ told }) => told !== '200')
    const before = left ?? (await stateOf(ground.db))
    left = undefined
    const asked = await Promise.all(
      refused.map(async of => {
        const shot = await requests[line.route]!(holderOf(ground.stage, of.about), undefined)
        return { of, shot, answer: await ask(ground, line, of, shot) }
      }),
    )
    expect(asked.map(({ of, answer }) => `${nameOf(of)}: ${toldIn(answer)}`)).toEqual(
      refused.map(of => `${nameOf(of)}: ${of.told}`),
    )
    for (const { shot, answer } of asked) ground.secrets.assertSilent(answer, shot, line.action)
    left = await stateOf(ground.db)
    expect(left).toEqual(before)
  })
})

describe('at the door', () => knocking(() => ground))

// only from here on something is granted: nothing worked on in the background while rows were counted
describe.each(expectations)('$route', line => {
  it('answers whom it should, and shows them what is theirs', async () => {
    const granted = servedOf(line)
    const shown: string[] = []
    const read = new Map<string, Shot>()
    for (const of of granted) {
      const made = read.get(of.about)
      const shot = made ?? (await requests[line.route]!(holderOf(ground.stage, of.about), ground.stage.kit))
      // a reading uses nothing up: whoever reads is given what the first one was
      if (line.route.startsWith('GET ') || shot.again) read.set(of.about, shot)
      const answer = await ask(ground, line, of, shot)
      const isShown = shot.shows === undefined ? of.shown : answer.text.includes(shot.shows)
      shown.push(`${nameOf(of)}: ${toldIn(answer)}, shown ${isShown}`)
      const isBound = of.about !== 'abroad' && line.own?.some(who => who === of.asker)
      ground.secrets.assertOnly(answer, of.about === 'abroad' ? 'foreign' : isBound ? 'own' : 'programme')
    }
    expect(shown).toEqual(granted.map(of => `${nameOf(of)}: ${of.told}, shown ${of.shown}`))
  })
})

describe('what is mixed', () => mixtures(() => ground))
describe('a request that comes again', () => repeating(() => ground))
describe('bad input', () => hostileInput(() => ground))
describe('operations outside a programme', () => publicOperations(() => ground))
describe('after all that was asked', () => leaks(() => ground))
