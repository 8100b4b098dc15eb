import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { erasable } from '@silian/chains/declared.ts'
import { household } from '@silian/chains/production/households/household.register.ts'
import { visit } from '@silian/chains/production/visits/visit.register.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { MOST_SHEET_BYTES, storeFile } from '@silian/kernel/files/store.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { checkCharacter } from '@silian/kernel/personal/identity-number.ts'
import { clock } from '@silian/kernel/process/desk.ts'
import { openCase } from '@silian/kernel/process/open.ts'
import { changeRow, createRow } from '@silian/kernel/register/service.ts'
import { succeedRows } from '@silian/kernel/register/succession.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import type { Holder } from '@silian/kernel/retention/holder.ts'
import { carryErasures } from '@silian/kernel/retention/job.ts'
import { showRetained } from '@silian/kernel/retention/reads.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, declaredProcesses, type Whole } from '@silian/server/compose.ts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { everything } from '../refusals/side.ts'
import { type SmallWorld, smallWorld, worldTime } from '../small-world.ts'

let db: TestDatabase
let kit: Whole
let world: SmallWorld
let folder: string
const scope = () => ({ programme: world.programme, actor: 'system', at: worldTime })
const write = <T>(work: (tx: Writer) => Promise<Result<T>>) => world.write(work, 'somebody')

beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'silian-reached-'))
  kit = composeKit(db.connections, db.secrets, folder)
  world = await smallWorld(kit)
}, 120_000)
afterAll(async () => {
  await Promise.all([kit.app.close(), kit.batch.close()])
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const number = (n: number): string => {
  const body = `99999919970707${String(n).padStart(3, '0')}`
  return body + checkCharacter(body)
}

const person = (code: string, n: number, relation: 'head' | 'spouse') => ({
  ...{ name: `示例${code}${n}`, idNumber: number(n), relation, sex: 'male', labour: 'ordinary' },
})

/** A household of invented persons, the first its head. */
const settled = async (code: string, ...persons: readonly number[]): Promise<string> => {
  const member = persons.map((n, i) => person(code, n, i === 0 ? 'head' : 'spouse'))
  const values = {
    code,
    villageCode: '451003901001',
    class: 'lifted',
    cause: 'illness',
    bankName: `${code}银行`,
  }
  const row = { values, parts: { member } }
  return (await write(tx => createRow(tx, kit, household, everything(world.programme), row))).id
}
const succeeded = (from: string[], to: string[]) =>
  write(tx => succeedRows(tx, kit, household, everything(world.programme), { from, to, reason: '示例' }))
const visitOf = (householdId: string) => ({
  values: {
    ...{ householdId, visitedOn: '2025-10-05', way: 'home', visitor: '示例来访者', topics: ['income'] },
    findings: '示例所见',
  },
})

/** Somebody of one that ended lives here now. */
const joined = (id: string, n: number) =>
  write(tx =>
    changeRow(tx, kit, household, everything(world.programme), {
      ...{ id, values: {}, parts: { member: [person('NEW', n, 'head')] } },
    }),
  )
const membersOf = async (id: string) =>
  (await db.owner('select 1 from household_member where household_id = $1', [id])).length

/** Asked and decided. */
async function asked(row: string): Promise<string> {
  const id = newId()
  await db.owner(
    `insert into erasure (programme_id, id, register, row_id, state, asked_at, asked_by)
     values ($1, $2, 'household', $3, 'asked', $4, 'somebody')`,
    [world.programme, id, row, worldTime],
  )
  return id
}
const carry = (id: string, holders: readonly Holder[] = []) =>
  carryErasures(kit, { ...erasable, holders: [...erasable.holders, ...holders] }, scope(), id)
const stateOf = async (id: string) =>
  (await db.owner<{ state: string }>('select state from erasure where id = $1', [id]))[0]!.state
const banks = async (...ids: string[]) =>
  (
    await db.owner<{ bank_name: string | null }>(
      'select h.bank_name from household h join unnest($1::uuid[]) with ordinality u (id, n) on u.id = h.id order by n',
      [ids],
    )
  ).map(row => row.bank_name)

/** A gate that somebody reaches and waits at until it is opened. */
function gate() {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const pass = async () => {
    reached.resolve()
    await opened.promise
  }
  return { pass, reached: reached.promise, open: () => opened.resolve() }
}
const somebodyWaits = () =>
  vi.waitFor(
    async () =>
      expect(
        await db.owner(`select 1 from pg_locks l join pg_database d on d.datname = current_database()
          where not granted and (l.database = d.oid or l.locktype = 'transactionid')`),
      ).not.toEqual([]),
    { timeout: 10_000, interval: 20 },
  )

it('a visit told of while its household is being erased waits, and finds it gone', async () => {
  const row = await settled('RACE-1', 1)
  const id = await asked(row)
  const { pass, reached, open } = gate()
  const carrying = carry(id, [{ register: 'household', forget: pass }])
  await Promise.race([reached, carrying])
  const visiting = kit.app.write(scope(), tx =>
    createRow(tx, kit, visit, everything(world.programme), visitOf(row)),
  )
  await somebodyWaits()
  open()
  await carrying
  expect(await visiting).toMatchObject({ ok: false, code: 'row.not_found', params: { id: row } })
  expect(await db.owner('select 1 from visit where household_id = $1', [row])).toEqual([])
  expect(await stateOf(id)).toBe('done')
})

it('an erasure waits for a case about its household that is being opened, and its key goes too', async () => {
  const row = await settled('RACE-2', 2)
  const { pass, reached, open } = gate()
  const reach = everything(world.programme)
  const form = { asked: 'in_person', ground: 'withdrawn', identityChecked: true }
  const opening = kit.app.write(scope(), async tx => {
    const opened = await openCase(
      tx,
      { ...kit, processes: declaredProcesses },
      clock,
      reach,
      'household_erasure',
      {
        ...{ about: row, form },
      },
    )
    await pass()
    return opened
  })
  await Promise.race([reached, opening])
  const id = await asked(row)
  const carrying = carry(id)
  await somebodyWaits()
  open()
  const { id: opened } = must(await opening)
  await carrying
  expect(await stateOf(id)).toBe('done')
  expect(
    await db.owner('select sealed_key from subject_key where subject_id = $1 and destroyed_at is not null', [
      opened,
    ]),
  ).toEqual([{ sealed_key: null }])
})

it('what a class holds of one that was merged into it stays too, and of the other nothing', async () => {
  const [first, second] = [await settled('MERGE-1', 11), await settled('MERGE-2', 12)]
  const heir = await settled('MERGE-3', 13)
  await succeeded([first, second], [heir])
  const holds = async (_tx: unknown, ids: readonly string[]) =>
    [first, heir]
      .filter(row => ids.includes(row))
      .map(() => ({ class: 'accounting' as const, event: '2025-10-08' }))
  const id = await asked(heir)
  await carry(id, [{ register: 'household', holds }])
  expect(await banks(first, second, heir)).toEqual([null, null, null])
  const [{ receipt } = { receipt: null }] = await db.owner<{ receipt: unknown }>(
    'select receipt from erasure where id = $1',
    [id],
  )
  expect(receipt).toMatchObject({
    stays: [{ class: 'accounting', fields: ['code', 'headName', 'bankName'], until: '2056-01-01' }],
  })
  const look = { class: 'accounting', purpose: '核对凭证', requestId: 'r' }
  const shown = await write(tx => showRetained(tx, kit, everything(world.programme), id, look))
  const told = shown.values.map(({ field, row, text }) => [field, row, text])
  expect(told.toSorted()).toEqual(
    [
      ['code', undefined, 'MERGE-3'],
      ['headName', undefined, '示例MERGE-313'],
      ['bankName', undefined, 'MERGE-3银行'],
      ['code', first, 'MERGE-1'],
      ['headName', first, '示例MERGE-111'],
      ['bankName', first, 'MERGE-1银行'],
    ].toSorted(),
  )
})

it('one that was split goes with the last of its heirs, and whoever leaves is out of it before', async () => {
  const [whole, merged] = [await settled('SPLIT-1', 21, 22), await settled('SPLIT-2', 23)]
  await write(tx => createRow(tx, kit, visit, everything(world.programme), visitOf(whole)))
  const none = await settled('SPLIT-0', 29)
  await succeeded([merged], [whole])
  const [b, c] = [await settled('SPLIT-3', 24), await settled('SPLIT-4', 25)]
  await succeeded([whole], [b, c])
  await joined(b, 21)
  expect(await membersOf(whole)).toBe(2)
  await carry(await asked(b))
  expect(await membersOf(whole)).toBe(1)
  expect(await banks(whole, merged, b, c, none)).toEqual([
    ...['SPLIT-1银行', 'SPLIT-2银行', null],
    ...['SPLIT-4银行', 'SPLIT-0银行'],
  ])
  expect(
    await db.owner('select visitor is null as gone from visit where household_id = $1', [whole]),
  ).toEqual([{ gone: false }])
  await carry(await asked(c))
  expect(await banks(whole, merged, b, c, none)).toEqual([null, null, null, null, 'SPLIT-0银行'])
  expect(
    await db.owner('select visitor is null as gone from visit where household_id = $1', [whole]),
  ).toEqual([{ gone: true }])
})

it('a workbook that nobody has said anything of yet is waited for an hour, then destroyed', async () => {
  const row = await settled('SHEET-1', 31)
  const sent = (ago: number, name: string) =>
    kit.app.write({ ...scope(), at: new Date(worldTime.getTime() - ago) }, tx =>
      storeFile(tx, kit.files, {
        ...{ content: Buffer.from(name), most: MOST_SHEET_BYTES, name, kind: 'import' },
        ...{ retentionClass: 'passing', uploadedBy: 'somebody', encrypt: true },
      }),
    )
  const file = must(await sent(3_600_000 - 1, 'new.xlsx'))
  const id = await asked(row)
  await carry(id)
  expect(await stateOf(id)).toBe('waiting')
  const others = must(await sent(3_600_000, 'others.xlsx'))
  await db.owner(
    `insert into import_run (programme_id, id, kind, state, file_id, file_sha256, started_at, started_by)
     values ($1, $2, 'register.base', 'running', $3, sha256('others'), $4, 'somebody')`,
    [world.programme, newId(), others.id, worldTime],
  )
  await carryErasures(kit, erasable, { ...scope(), at: new Date(worldTime.getTime() + 1) }, id)
  expect(await stateOf(id)).toBe('done')
  const left = await db.owner<{ id: string }>(`select id from file where id = any($1::uuid[])`, [
    [file.id, others.id],
  ])
  expect(left).toEqual([{ id: others.id }])
})
