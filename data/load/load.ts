import { PLATFORM } from '@silian/kernel/access/accounts.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { addLogKey, logKeys } from '@silian/kernel/log/keys.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { yearOf } from '@silian/kernel/time/shanghai.ts'
import type { Whole } from '@silian/server/compose.ts'
import { type ProgrammeSlug, programmes } from '../world/areas.ts'
import { demoAccounts, sellers } from '../world/people.ts'
import { chooseAccounts, type DemoAccount } from './accounts.ts'
import { type Bank, makeClient, openBank } from './bank.ts'
import { playCases } from './cases.ts'
import { days, pastEnds, setUp } from './clock.ts'
import { makeOrganisations, makeProgrammes, putAllAreas } from './foundation.ts'
import { keepCalendar, makeProducts, openPavilions, recogniseProducts } from './goods.ts'
import { arrivalsOf } from './lots.ts'
import { bulletinOf, cite } from './months.ts'
import { planOf, playPast } from './past.ts'
import { makeAccounts, makeMembers } from './people.ts'
import { openPlaces } from './places.ts'
import { openYear, playPresent, stockPresent } from './present.ts'
import { householdsOf, linksOf, makeHouseholds, makeLinks, type PlacedLink } from './production.ts'
import { declareYear, makeCanteens, makeRule } from './quota.ts'
import { fillRegisters } from './registers.ts'
import { playSearches } from './searches.ts'
import { playShop } from './shop.ts'
import { type Progress, Stage } from './stage.ts'

export type { DemoAccount } from './accounts.ts'
export type { Progress } from './stage.ts'

/** How much there is. Baskets are what the plan draws; those of canteens and companies make some two orders each. */
export interface Scale {
  readonly households: number
  readonly baskets: number
}

/** 2,000 households and, divided by seller, somewhat more than 3,000 orders. */
export const fullScale: Scale = { households: 2000, baskets: 1560 }

export interface LoadOptions {
  readonly kit: Whole
  /** Holds `demo-accounts.json` and the sandbox bank's key and API client, readable to their owner alone. */
  readonly dataFolder: string
  /** For all accounts; else each has its own, made at the first start. */
  readonly password?: string
  readonly onProgress?: (progress: Progress) => void
  readonly scale?: Scale
  /** The present of the demonstration, kept from the first start on. */
  readonly now?: Date
}

/**
 * Fills an empty database with the demonstration by calling the services at its own times, and returns the accounts to
 * sign in with. It may be killed and called again at any moment: what is done is not done twice, and once all is done
 * it only reads. Two loads give the same figures.
 */
export async function loadDemonstration(options: LoadOptions): Promise<readonly DemoAccount[]> {
  const { kit, dataFolder, onProgress = () => undefined } = options
  const stage = await Stage.open(kit, 'shenzhen', onProgress)
  const accounts = await chooseAccounts(kit, dataFolder, options.password)
  const now = new Date(await stage.remember('now', presentOf(options.now).toISOString()))
  await stage.step('loaded', () => loadAll(stage, { ...options, now }, accounts))
  // what an older release loaded has none for most sellers
  await letSellersIn(stage, accounts)
  await makeClient(stage, dataFolder)
  return accounts
}

const letSellersIn = (stage: Stage, accounts: readonly DemoAccount[]): Promise<void> =>
  stage.step('sellers sign in', () => makeAccounts(stage, passwordsOf(accounts), sellers))

const passwordsOf = (accounts: readonly DemoAccount[]): ReadonlyMap<string, string> =>
  new Map(accounts.map(({ username, password }) => [username, password]))

/** Never before the past of the demonstration is over. */
function presentOf(now = new Date()): Date {
  const earliest = days(pastEnds, 30)
  return now < earliest ? earliest : now
}

type Loading = LoadOptions & { readonly now: Date }

async function loadAll(stage: Stage, options: Loading, accounts: readonly DemoAccount[]): Promise<void> {
  const { kit, dataFolder, now } = options
  const scale = options.scale ?? fullScale
  stage.tell('areas', 0, 1)
  await stage.step('areas', () => putAllAreas(kit))
  await stage.step('programmes', () => makeProgrammes(kit))
  stage.tell('areas', 1, 1)
  const links = await setUpProgramme(stage, scale.households, now)
  await stage.step('accounts', () => makeAccounts(stage, passwordsOf(accounts), demoAccounts))
  await letSellersIn(stage, accounts)
  await stage.step('year 2025', () => openFirstYear(stage))
  const bank = await openBank(stage, dataFolder)
  await playPast(stage, bank, links, scale.baskets)
  await stage.step('cited', () => cite(stage, pastEnds))
  await stage.step('bulletin', () => bulletinOf(stage, '2025-12', pastEnds))
  const households = householdsOf('shenzhen', scale.households)
  await stage.step('registers', () => fillRegisters(stage, households, now))
  await stage.step('cases', () => playCases(stage, links, now))
  await stage.step('present', () => present(stage, bank, links, scale, now))
  await stage.step('log key', () => signWithSm2(stage, now))
  await loadSecond(kit, options.onProgress ?? (() => undefined), now)
  await settlePlatform(kit, now)
}

/** Beside its own, the log signs its heads in the algorithms of its country. */
async function signWithSm2({ kit, programme }: Stage, at: Date): Promise<void> {
  const add = async (tx: Writer) =>
    (await logKeys(tx)).some(({ alg }) => alg === 'sm2') ? ok(null) : addLogKey(tx, kit.keyring, 'sm2')
  must(await kit.batch.write<unknown>({ programme, actor: 'system', at }, add))
}

/** A programme as it stands before its first order. */
async function setUpProgramme(stage: Stage, count: number, now: Date): Promise<PlacedLink[]> {
  const lasting = `${Math.max(2027, yearOf(now) + 1)}-12-31`
  const households = householdsOf(stage.programme as ProgrammeSlug, count)
  const links = linksOf(stage, households)
  await stage.step('organisations', () => makeOrganisations(stage))
  await stage.step('members', () => makeMembers(stage))
  await stage.step('households', () => makeHouseholds(stage, households))
  await stage.step('products', () => makeProducts(stage))
  await stage.step('places', () => openPlaces(stage))
  await stage.step('pavilions', () => openPavilions(stage))
  await stage.step('flagships', () => keepCalendar(stage))
  await stage.step('links', () => makeLinks(stage, links, lasting))
  await stage.step('recognition', () => recogniseProducts(stage, links, lasting))
  return links
}

async function openFirstYear(stage: Stage): Promise<void> {
  await makeRule(stage, rootOf(stage), 2025, setUp.rules)
  await makeCanteens(stage, setUp.canteens)
  await declareYear(stage, 2025, { declared: setUp.declarations, decided: setUp.decisions })
  await stage.settle(setUp.decisions)
}

const rootOf = ({ programme }: Stage): string => programmes.find(({ slug }) => slug === programme)!.rootArea

async function present(
  stage: Stage,
  bank: Bank,
  links: readonly PlacedLink[],
  { baskets }: Scale,
  now: Date,
): Promise<void> {
  await openYear(stage, rootOf(stage), now)
  const past = arrivalsOf(stage, planOf(baskets))
  const arrivals = await stockPresent(stage, links, past, now)
  await playPresent(stage, bank, arrivals, now)
  await playShop(stage, arrivals, now)
  await playSearches(stage, now)
}

/** Tongzhou and its two banners: small, so that there is more than one programme, and without orders. */
async function loadSecond(kit: Whole, onProgress: (progress: Progress) => void, now: Date): Promise<void> {
  const stage = await Stage.open(kit, 'tongzhou', ({ done, total }) =>
    onProgress({ phase: 'tongzhou', done, total }),
  )
  await stage.step('loaded', async () => {
    const links = await setUpProgramme(stage, 24, now)
    await openFirstYear(stage)
    await openYear(stage, rootOf(stage), now)
    await stockPresent(stage, links, [], now)
    await stage.settle(now)
  })
}

async function settlePlatform(kit: Whole, now: Date): Promise<void> {
  const platform = await Stage.open(kit, PLATFORM, () => undefined)
  await platform.settle(now)
}
