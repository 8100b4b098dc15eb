import { household } from '@silian/chains/production/households/household.register.ts'
import { answerProposal, proposeLink } from '@silian/chains/production/links/service.ts'
import { visit } from '@silian/chains/production/visits/visit.register.ts'
import { listOffer } from '@silian/chains/supply/catalogue/service.ts'
import { bringIn } from '@silian/chains/value/lots/service.ts'
import { words } from '@silian/chains/words.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import type { Values } from '@silian/kernel/declared/columns.ts'
import { MOST_SHEET_BYTES, storeFile } from '@silian/kernel/files/store.ts'
import { decideProposal } from '@silian/kernel/register/decide.ts'
import { performImport } from '@silian/kernel/register/import.ts'
import { askImport } from '@silian/kernel/register/import-run.ts'
import { readRow } from '@silian/kernel/register/reads.ts'
import { changeRow, createRow } from '@silian/kernel/register/service.ts'
import { succeedRows } from '@silian/kernel/register/succession.ts'
import { must, type Result } from '@silian/kernel/result/result.ts'
import type { TestDatabase } from '@silian/kernel/testing/test-database.ts'
import type { Whole } from '@silian/server/compose.ts'
import { expect } from 'vitest'
import type { OwnSigner } from '../own-signer.ts'
import { completedOrder, everything, type Side } from '../refusals/side.ts'
import { type SmallWorld, worldTime } from '../small-world.ts'
import { type Known, leaving, paid, workbookOf } from './people.ts'

/** Where they live. */
export interface LifeStage {
  readonly db: TestDatabase
  readonly kit: Whole
  readonly world: SmallWorld
  readonly side: Side
  readonly bank: OwnSigner
}

/** Ids of both households: of whom nothing will be held, and who was paid. */
export interface Lives {
  readonly a: string
  readonly b: string
}

const write = <T>({ world }: LifeStage, work: (tx: Writer) => Promise<Result<T>>) =>
  world.write(work, 'somebody')

const png = (n: number) =>
  Buffer.concat([
    Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
    Buffer.from([n]),
  ])
let photos = 0
async function photo(stage: LifeStage): Promise<string> {
  const { kit } = stage
  photos += 1
  const file = await write(stage, tx =>
    storeFile(tx, kit.files, {
      ...{ content: png(photos), declaredType: 'image/png', retentionClass: 'application' as const },
      ...{ uploadedBy: 'somebody', encrypt: true, name: '示例照片.png', kind: 'photo' },
    }),
  )
  return file.id
}

/** All that happens to both, from registration to money, and money for one of them. */
export async function live(stage: LifeStage): Promise<Lives> {
  const { kit, world, side, bank } = stage
  const former = await before(stage)
  await imported(stage)
  const ids = { a: await idOf(stage, leaving), b: await idOf(stage, paid) }
  await write(stage, tx =>
    succeedRows(tx, kit, household, everything(world.programme), {
      from: [former],
      to: [ids.a],
      reason: leaving.said,
    }),
  )
  for (const [id, who] of [
    [ids.a, leaving],
    [ids.b, paid],
  ] as const)
    await lived(stage, id, who)
  const reach = everything(world.programme)
  await write(stage, tx =>
    bringIn(tx, kit, reach, {
      ...{ id: world.id('lot-b'), code: 'L-B', productId: world.id('mango'), harvestedOn: '2025-10-02' },
      ...{ ownQuantity: 0, sources: [{ linkId: world.id('link-b'), quantity: 5000 }] },
    }),
  )
  await write(stage, tx =>
    listOffer(tx, kit, reach, {
      ...{ id: world.id('offer-b'), productId: world.id('mango'), lotId: world.id('lot-b') },
      ...{ specZh: '十斤', specEn: 'box', perPiece: 5000, priceFen: 8000, shipDays: 7 as const },
    }),
  )
  await completedOrder(kit, { ...side, offer: world.id('offer-b'), household: ids.b }, bank)
  return ids
}

async function imported(stage: LifeStage): Promise<void> {
  const { db, kit, world } = stage
  const content = await workbookOf([leaving, paid])
  const file = await write(stage, tx =>
    storeFile(tx, kit.files, {
      ...{ content, most: MOST_SHEET_BYTES, name: '名册.xlsx', kind: 'import' },
      ...{ retentionClass: 'passing', uploadedBy: 'somebody', encrypt: true },
    }),
  )
  const reach = everything(world.programme)
  const { id } = await write(stage, tx => askImport(tx, household, reach, { file: file.id, dryRun: false }))
  await performImport(
    kit,
    { programme: world.programme, actor: 'system', at: worldTime },
    household,
    words,
    id,
  )
  const [run] = await db.owner('select rows_added::int, rows_bad::int, answer_file_id from import_run')
  expect(run).toMatchObject({ rows_added: 2, rows_bad: 2, answer_file_id: expect.any(String) })
}

/** One of them lived with others before, and they had a household that was merged into theirs. */
async function before(stage: LifeStage): Promise<string> {
  const { kit, world } = stage
  const reach = everything(world.programme)
  const members = await membersOf(stage, world.id('h2'))
  const guest = {
    ...{ name: leaving.spouse, idNumber: leaving.numbers[1], relation: 'other', sex: 'female' },
    ...{ labour: 'ordinary' },
  }
  const put = (member: readonly Values[]) =>
    write(stage, tx =>
      changeRow(tx, kit, household, reach, { id: world.id('h2'), values: {}, parts: { member } }),
    )
  await put([...members, guest])
  await put(members)
  const old = {
    values: { code: `${leaving.code}-OLD`, villageCode: '451003901001', class: 'lifted', cause: 'illness' },
    parts: { member: [{ ...guest, name: leaving.head, idNumber: leaving.formerNumber, relation: 'head' }] },
  }
  return (await write(stage, tx => createRow(tx, kit, household, reach, old))).id
}

async function membersOf(stage: LifeStage, id: string): Promise<readonly Values[]> {
  const { kit, world } = stage
  const reach = everything(world.programme)
  const read = await kit.app.read({ programme: world.programme, actor: 'system' }, tx =>
    readRow(tx, kit, household, reach, id, { masked: false }),
  )
  const keep = ['name', 'idNumber', 'relation', 'sex', 'labour', 'phone']
  return must(read).parts.member!.map(member =>
    Object.fromEntries(keep.map(name => [name, member[name] ?? null])),
  )
}

const idOf = async ({ db }: LifeStage, { code }: Known): Promise<string> =>
  (await db.owner<{ id: string }>('select id from household where code = $1', [code]))[0]!.id

async function lived(stage: LifeStage, id: string, who: Known): Promise<void> {
  const { kit, world } = stage
  const reach = everything(world.programme)
  const changed = await write(stage, tx =>
    changeRow(tx, kit, household, reach, { id, values: { bankAccount: who.account, industry: who.skill } }),
  )
  await world.write(tx =>
    decideProposal(tx, kit, household, reach, changed.proposal!, { accept: true, note: who.said }),
  )
  const [one, two] = [await photo(stage), await photo(stage)]
  await write(stage, tx =>
    createRow(tx, kit, visit, reach, {
      values: {
        ...{
          householdId: id,
          visitedOn: '2025-10-05',
          way: 'home',
          visitor: who.visitor,
          topics: ['income'],
        },
        ...{ findings: who.said, needs: who.skill, photos: [one] },
      },
    }),
  )
  const linkId = world.id(who === paid ? 'link-b' : 'link-a')
  const formula = {
    ...{ mechanism: 'order_purchase' as const, productId: world.id('mango') },
    ...{ floor: { fen: 200, per: 500 }, premiumBp: 500 },
  }
  await write(stage, tx =>
    proposeLink(tx, kit, reach, {
      ...{ id: linkId, cooperativeId: world.id('coop'), householdId: id, formula },
      ...{ startsOn: '2025-01-01', endsOn: '2026-06-30' },
    }),
  )
  const answer = { given: who === paid, way: 'paper' as const, photoId: two }
  await write(stage, tx => answerProposal(tx, kit, reach, 'area:451003', linkId, answer))
  await world.drain()
}
