import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { addRule, decideDeclaration, declare } from '@silian/chains/supply/quota/service.ts'
import { recogniseProduct } from '@silian/chains/value/products/service.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { configFrom } from '@silian/kernel/config/config.ts'
import { testDatabase } from '@silian/kernel/testing/test-database.ts'
import { yearOf } from '@silian/kernel/time/shanghai.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { startServer } from '@silian/server/server.ts'
import { busyWorld } from '../check/busy-world.ts'
import { type SmallWorld, smallWorld } from '../small-world.ts'

export interface Stage {
  readonly url: string
  readonly world: SmallWorld
  /** An order of the first unit that is settled and paid out. */
  readonly settledOrder: string
  close(): Promise<void>
}

const root = join(import.meta.dirname, '../..')

/** The real server over a world in which much has happened, with the pages built from the sources as they are. */
export async function setStage(prepare?: (kit: Whole, world: SmallWorld) => Promise<void>): Promise<Stage> {
  buildPages()
  const db = await testDatabase()
  const kit = composeKit(db.connections, db.secrets)
  const world = await smallWorld(kit, { accounts: true, ownGrams: 2_000_000 })
  await busyWorld(db, kit, world, 15)
  await thisYear(kit, world)
  await prepare?.(kit, world)
  await Promise.all([kit.app.close(), kit.batch.close()])
  const config = { ...configFrom({} as Parameters<typeof configFrom>[0]), port: 0, logLevel: 'silent' }
  const server = await startServer({ config, secrets: db.secrets, connections: db.connections })
  return {
    url: server.url,
    world,
    settledOrder: world.id('busy 13'),
    close: async () => {
      await server.stop()
      await db.close()
    },
  }
}

/** What a buyer needs to order today, whatever year the test is run in: recognised goods and a declaration. */
async function thisYear(kit: Whole, { id, write, drain }: SmallWorld): Promise<void> {
  const { programme } = { programme: 'shenzhen' }
  const reach: Reach = { programme, everything: true, areaPaths: [], organisationIds: [], personIds: [] }
  const year = yearOf(new Date())
  for (const product of ['mango', 'kiwi'])
    await write(tx =>
      recogniseProduct(tx, kit, reach, id(product), { from: '2025-01-01', to: `${year + 1}-12-31` }),
    )
  const terms = { year, areaCode: '440300', base: 'canteen_food' as const, ratioBp: 1500, productAreas: [] }
  const channels = ['platform' as const]
  await write(tx =>
    addRule(tx, kit, id('finance'), {
      ...terms,
      channels,
      ...{ id: id('rule now'), recognisedOnly: true, source: 'P10' },
    }),
  )
  for (const n of ['', '2']) {
    const declaration = id(`declaration${n} now`)
    await write(tx =>
      declare(tx, kit, reach, {
        ...{ id: declaration, unitId: id(`unit${n}`), canteenId: id(`canteen${n}`), year },
        ...{ kind: 'own', baseFen: 10_000_000, reservedFen: 1_500_000 },
      }),
    )
    // the second unit's declaration waits for its district
    if (n === '')
      await write(tx =>
        decideDeclaration(tx, kit, reach, id('finance'), declaration, { approve: true, note: '' }),
      )
  }
  await drain()
}

/** Built aside and put in place at once: another test's server may be serving the same files. */
function buildPages(): void {
  const dist = join(root, 'apps/web/dist')
  const built = join(dist, 'index.html')
  const sources = ['apps/web/src', 'chains', 'verifier'].map(folder => join(root, folder))
  if (existsSync(built) && sources.every(folder => newest(folder) < statSync(built).mtimeMs)) return
  const aside = join(root, `node_modules/.cache/silian-web-${process.pid}`)
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', 'apps/web', '--outDir', aside, '--logLevel', 'warn'], {
    cwd: root,
    // the test runner's own NODE_ENV would build the slow React for developers
    env: { ...process.env, NODE_ENV: 'production' },
  })
  rmSync(dist, { recursive: true, force: true })
  renameSync(aside, dist)
}

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(file => file.isFile())
      .map(file => statSync(join(file.parentPath, file.name)).mtimeMs),
  )
