import { afterAll, beforeAll, expect, it } from 'vitest'
import { endRole } from '../access/members.ts'
import { must } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { colleaguesOf } from './colleagues.ts'
import { type ProcessStage, processStage } from './test-stage.ts'

let db: TestDatabase
let stage: ProcessStage
beforeAll(async () => {
  db = await testDatabase()
  stage = await processStage(db, [])
})
afterAll(() => db?.close())

const colleagues = async (name: string): Promise<string[]> => {
  const actor = await stage.actor(name)
  const found = await db.app.read(stage.scope(), tx => colleaguesOf(tx, stage.kit.vault, actor))
  return found.map(({ member }) => member)
}

it('are those who hold a role at one’s own organisation, oneself left out', async () => {
  expect((await colleagues('clerk')).sort()).toEqual(
    ['clerk-b', 'expert7'].map(name => stage.id(`member ${name}`)).sort(),
  )
  expect(await colleagues('officer')).toEqual([stage.id('member officer-b')])
  expect(await colleagues('clerk2')).toEqual([])
})

it('have names, and go with their last role there', async () => {
  const actor = await stage.actor('officer')
  const [one] = await db.app.read(stage.scope(), tx => colleaguesOf(tx, stage.kit.vault, actor))
  expect(one!.name).not.toBe('')
  const [held] = await stage.rows<{ id: string }>('select id from membership where member_id = $1', [
    one!.member,
  ])
  must(await db.app.write(stage.scope(), tx => endRole(tx, held!.id)))
  expect(await colleagues('officer')).toEqual([])
})

it('are nobody for whoever is no member', async () => {
  const nobody = { memberId: null, roles: [] }
  expect(await db.app.read(stage.scope(), tx => colleaguesOf(tx, stage.kit.vault, nobody))).toEqual([])
})
