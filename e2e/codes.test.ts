import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { intakes, metrics, processes, registers } from '@silian/chains/declared.ts'
import { processGrants } from '@silian/kernel/process/grants.ts'
import { deedGrants, registerGrants } from '@silian/kernel/register/grants.ts'
import { allJobs, allSubscriptions } from '@silian/server/compose.ts'
import { permissions } from '@silian/server/permissions.ts'
import { describe, expect, it } from 'vitest'
import { filesIn } from './sources.ts'

const repository = join(import.meta.dirname, '..')
const declared = new Set(
  [...registers, ...intakes.map(({ register }) => register), ...processes, ...metrics].map(
    ({ name }) => name,
  ),
)

describe.each(['zh', 'en'])('codes that administration shows, in %s', language => {
  const path = join(repository, `apps/web/src/messages/${language}/admin.json`)
  const words = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
  const lacks = (keys: readonly string[]) => [...new Set(keys)].filter(key => words[key] === undefined)

  it('have words: jobs and what listens to the log', () => {
    expect(lacks(allJobs.map(({ name }) => `job.kind.${name}`))).toEqual([])
    // nothing is called, so nothing of the kit is needed
    const subscriptions = allSubscriptions({} as Parameters<typeof allSubscriptions>[0])
    expect(lacks(subscriptions.map(({ name }) => `subscription.${name}`))).toEqual([])
  })

  it('have words: actions that a client may be given', () => {
    const grants = [
      ...permissions,
      ...registerGrants(registers),
      ...intakes.flatMap(({ register }) => deedGrants(register)),
      ...processGrants(processes),
    ]
    const actions = grants
      .map(({ action }) => action)
      .filter(action => !/^metric\.\w+(\.facts)?$/.test(action))
    expect(actions.length).toBeGreaterThan(80)
    expect(lacksOf(words, actions)).toEqual([])
  })

  it('have words: what the records of access say was done, to what', () => {
    const sources = ['kernel', 'chains', 'apps/server'].flatMap(folder => filesIn(join(repository, folder)))
    const told = sources.filter(text => /recordAccess|auditAct|recordAct|#record\(/.test(text))
    const found = (pattern: RegExp) =>
      told.flatMap(text => [...text.matchAll(pattern)].map(([, code]) => code!))
    const acts = found(/(?:\w+Act|#record)\((?:tx, )?'([a-z_]+\.[a-z_]+)'/g).concat(
      found(/\b(?:type|action): '([a-z_]+\.[a-z_]+)'/g),
    )
    expect(acts).toEqual(expect.arrayContaining(['account.sign_in', 'role.granted', 'file.read']))
    expect(
      lacksOf(
        words,
        acts.filter(act => !words[`did.${act}`]),
      ),
    ).toEqual([])
    const subjects = found(/subjectType: '([a-z_]+)'/g)
    expect(lacks(subjects.filter(name => !declared.has(name)).map(name => `noun.${name}`))).toEqual([])
  })
})

/** Of `order.read` both words; a declared thing has its title. */
const lacksOf = (words: Record<string, string>, actions: readonly string[]): string[] =>
  [...new Set(actions)].filter(action => {
    const [noun = '', verb = ''] = action.split('.')
    return !(words[`noun.${noun}`] || declared.has(noun)) || !words[`verb.${verb}`]
  })
