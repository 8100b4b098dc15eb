import { addRule, decideDeclaration, declare } from '@silian/chains/supply/quota/service.ts'
import { recogniseProduct } from '@silian/chains/value/products/service.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { testDatabase } from '@silian/kernel/testing/test-database.ts'
import { yearOf } from '@silian/kernel/time/shanghai.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { startServer } from '@silian/server/server.ts'
import { afterAll, beforeAll, vi } from 'vitest'
import { busyWorld } from '../check/busy-world.ts'
import type { OwnSigner } from '../own-signer.ts'
import { everything } from '../refusals/side.ts'
import { type SmallWorld, smallWorld } from '../small-world.ts'
import { buildPages } from './build.ts'
import { closeBrowsers, desk, type Screen } from './chromium.ts'
import { Visitor } from './visitor.ts'

export interface Stage {
  readonly url: string
  /** Of the running server. */
  readonly kit: Whole
  readonly world: SmallWorld
  /** The bank's own key, which the server never had. */
  readonly bank: OwnSigner
  /** An order of the first unit that is settled and paid out. */
  readonly settledOrder: string
  close(): Promise<void>
}

/** The stage of a test file, and everybody before it. */
export interface Theatre {
  readonly stage: Stage
  /** Signed in; whoever is asked for again at the same width is still sitting there. */
  at(name: string, screen?: Screen): Promise<Visitor>
  /** Somebody who has not signed in, by whatever name their pictures should have. */
  anyone(screen?: Screen, name?: string): Promise<Visitor>
}

/** What a file's test needs beside the world in which much has happened. */
export type Prepare = (kit: Whole, world: SmallWorld) => Promise<void>

/** Sets the stage for all tests of the file that calls it, and clears it after them. */
export function theatre(prepare: Prepare = declarations): Theatre {
  // a browser on a busy machine takes its time
  vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })
  let set: Stage | undefined
  const seats = new Map<string, Visitor>()
  const stage = (): Stage => {
    if (!set) throw new Error('the stage is set before the tests of the file')
    return set
  }
  beforeAll(async () => {
    set = await setStage(prepare)
  })
  afterAll(async () => {
    await closeBrowsers()
    await set?.close()
  })
  return {
    get stage() {
      return stage()
    },
    at: async (name, screen = desk) => {
      const seat = `${name} ${screen.width}`
      const seated = seats.get(seat)
      if (seated) return seated
      const visitor = await Visitor.open(stage(), screen, name)
      seats.set(seat, visitor)
      await visitor.signIn(name)
      return visitor
    },
    anyone: (screen = desk, name = 'anyone') => Visitor.open(stage(), screen, name),
  }
}

async function setStage(prepare: Prepare): Promise<Stage> {
  buildPages()
  const db = await testDatabase()
  const kit = composeKit(db.connections, db.secrets)
  const world = await smallWorld(kit, { accounts: true, ownGrams: 2_000_000 })
  const { bank } = await busyWorld(db, kit, world, 15, { merges: false })
  await thisYear(kit, world)
  await prepare(kit, world)
  await world.drain()
  await Promise.all([kit.app.close(), kit.batch.close()])
  const config = { ...configFrom({} as Parameters<typeof configFrom>[0]), port: 0, logLevel: 'silent' }
  const server = await startServer({ config, secrets: db.secrets, connections: db.connections })
  return {
    ...{ url: server.url, kit: server.kit, world, bank, settledOrder: world.id('busy 13') },
    close: async () => {
      await server.stop()
      await db.close()
    },
  }
}

/** What the buyers need to declare and order today, whatever year the test is run in: recognised goods and a rule. */
async function thisYear(kit: Whole, { id, programme, write }: SmallWorld): Promise<void> {
  const reach = everything(programme)
  const year = yearOf(new Date())
  for (const product of ['mango', 'kiwi'])
    await write(tx =>
      recogniseProduct(tx, kit, reach, id(product), { from: '2025-01-01', to: `${year + 1}-12-31` }),
    )
  const rule = {
    ...{ id: id('rule now'), year, areaCode: '440300', base: 'canteen_food' as const, ratioBp: 1500 },
    ...{ productAreas: [], channels: ['platform' as const], recognisedOnly: true, source: 'P10' },
  }
  await write(tx => addRule(tx, kit, id('finance'), rule))
}

/** The units' declarations of this year: the first one's is confirmed, the second one's waits for its district. */
export async function declarations(kit: Whole, { id, programme, write }: SmallWorld): Promise<void> {
  const reach = everything(programme)
  for (const n of ['', '2']) {
    const declaration = {
      ...{ id: id(`declaration${n} now`), unitId: id(`unit${n}`), canteenId: id(`canteen${n}`) },
      ...{ year: yearOf(new Date()), kind: 'own' as const, baseFen: 10_000_000, reservedFen: 1_500_000 },
    }
    await write(tx => declare(tx, kit, reach, declaration))
  }
  const decision = { approve: true, note: '' }
  await write(tx => decideDeclaration(tx, kit, reach, id('finance'), id('declaration now'), decision))
}
