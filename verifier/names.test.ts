import { expect, test } from 'vitest'
import { audit } from './audit.ts'
import { memorySource, TestLog } from './testing/build-log.ts'

const first = 'example.com/log/demo'
const second = 'example.com/log/demo-2'

/** A log that goes on under a second name, whose checkpoint is signed by that name. */
function succeeded(pub: Record<string, string> = {}, by: 'operator' | 'office' = 'operator') {
  const log = new TestLog(first)
  const office = log.key('office', 'held')
  const lost = log.checkpoint().toString()
  log.add({
    type: 'log.succeeded',
    pub: { from: first, to: second, why: 'behind', checkpoint: lost, ...pub },
    ...(by === 'office' ? { by: office } : {}),
    with: { log: second },
  })
  log.add({ type: 'a.b', by: office, with: { log: second } })
  log.add({ type: 'a.b', by: office, with: { log: first } })
  return { log, heir: new TestLog(second) }
}
const judge = async ({ log, heir }: ReturnType<typeof succeeded>) => {
  const files = log.files()
  files.set('checkpoint', heir.checkpoint(log.entries.length, log.tree.root()))
  const result = await audit({ fetchBytes: memorySource(files), vkey: heir.vkey })
  return result.ok ? result.report.succeeded : result.problems.map(({ name, index }) => [name, index])
}

test('a log goes on under another name, and takes facts that were made for the old one', async () =>
  expect(await judge(succeeded())).toEqual([first]))

test('only as the operator says, from the name that it has', async () => {
  expect(await judge(succeeded({}, 'office'))).toEqual([['key.not-by-operator', 2]])
  expect(await judge(succeeded({ from: second }))).toContainEqual(['log.bad-succession', 2])
  expect(await judge(succeeded({ to: first }))).toContainEqual(['log.bad-succession', 2])
})

test('entries of one log under the name of another are no log', async () => {
  const log = new TestLog(first)
  const files = log.files()
  const heir = new TestLog(second)
  files.set('checkpoint', heir.checkpoint(1, log.tree.root()))
  const result = await audit({ fetchBytes: memorySource(files), vkey: heir.vkey })
  expect(result).toMatchObject({ problems: [{ name: 'checkpoint.wrong-origin', path: 'checkpoint' }] })
})
