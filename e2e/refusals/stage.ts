import { createClient } from '@silian/kernel/access/clients.ts'
import { roles } from '@silian/kernel/access/roles.ts'
import type { TestDatabase } from '@silian/kernel/testing/test-database.ts'
import { composeKit, type Whole } from '@silian/server/compose.ts'
import { type OwnSigner, ownSigner } from '../own-signer.ts'
import { people, smallWorld } from '../small-world.ts'
import { standingErasure } from './erasures.ts'
import { type StandingCases, standingCases } from './processes.ts'
import { type StandingRows, standingRows } from './registers.ts'
import { aClient } from './requests-admin.ts'
import {
  completedOrder,
  declared,
  disputed,
  itemOf,
  orderAt,
  paidBatch,
  paymentFor,
  proposed,
  reveal,
  type Side,
  type Stray,
  sideOne,
  sideTwo,
  strayCredit,
} from './side.ts'
import { type Signing, signingOf } from './signing.ts'

/** What stands ready on a side to be asked about; what a granted request uses up is made anew for it. */
export interface Standing extends Side {
  readonly orders: Readonly<Record<'in_approval' | 'approved' | 'shipped' | 'accepted' | 'completed', string>>
  readonly payment: string
  readonly declared: string
  readonly batch: string
  /** Paid and not yet confirmed. */
  readonly item: string
  /** A link that its household has not answered. */
  readonly proposal: string
  /** Money that nobody could allot, and what it was meant for. */
  readonly credit: Stray
  readonly dispute: string
  /** Of which something is held. */
  readonly erasure: string
  /** By register. */
  readonly registers: Readonly<Record<string, StandingRows>>
  /** The fact of its product. */
  readonly fact: string
  /** Of processes, what lies on its desks. */
  readonly cases: StandingCases
  readonly signing: Signing
  /** A key of its co-op. */
  readonly client: string
  readonly bank: OwnSigner
  /** Signs what is brought in as the bank's word; on the second side, with a key that is registered but no bank's. */
  readonly signer: OwnSigner
}

export interface Stage {
  readonly own: Standing
  readonly other: Standing
  readonly foreign: Standing
  /** Of the machine: a key of the first co-op. */
  readonly clientSecret: string
  /** Makes what a test uses up, beside the server and on the same database. */
  readonly kit: Whole
}

/** The co-op's machine may do no more than this, whatever its role may. */
export const clientScopes = ['offer.*', 'order.read', 'order.ship']

/** Two programmes alike in everything but their ids, the first with two sides. Nothing is left under way. */
export async function setStage(db: TestDatabase, dataFolder?: string): Promise<Stage> {
  const kit = composeKit(db.connections, db.secrets, dataFolder)
  // a panel's first reader stands among the expectations: every expert must sit on it
  const sizes = { accounts: true, experts: 3, ownGrams: 2_000_000, baseFen: 50_000_000 }
  const first = await smallWorld(kit, { ...sizes, programme: 'shenzhen' })
  const second = await smallWorld(kit, { ...sizes, programme: 'tongzhou' })
  const bank = await ownSigner(kit, first, first.id('bank'))
  const notBank = await ownSigner(kit, first, first.id('coop2'), 'party')
  const stage = {
    kit,
    own: await standing(db, kit, sideOne(first), bank, bank),
    other: await standing(db, kit, sideTwo(first), bank, notBank),
    foreign: await foreignSide(db, kit, sideOne(second)),
    clientSecret: await machine(first.write, first.id('coop')),
  }
  await Promise.all([first.drain(), second.drain()])
  return stage
}

async function foreignSide(db: TestDatabase, kit: Whole, side: Side): Promise<Standing> {
  const bank = await ownSigner(kit, side.world, side.world.id('bank'))
  return standing(db, kit, side, bank, bank)
}

async function standing(
  db: TestDatabase,
  kit: Whole,
  side: Side,
  bank: OwnSigner,
  signer: OwnSigner,
): Promise<Standing> {
  const { programme } = side.world
  const completed = await completedOrder(kit, side, bank)
  const batch = await paidBatch(kit, side, bank)
  // and once more, so that something is owed still
  await completedOrder(kit, side, bank)
  await reveal(kit, side)
  const [fact] = await db.owner<{ id: string }>(
    `select id from fact where programme_id = $1 and subject = $2 and type = 'product.created'`,
    [programme, side.product],
  )
  const approved = await orderAt(kit, side, 'approved')
  return {
    ...side,
    orders: {
      in_approval: await orderAt(kit, side, 'in_approval'),
      approved,
      shipped: await orderAt(kit, side, 'shipped'),
      accepted: await orderAt(kit, side, 'accepted'),
      completed,
    },
    payment: await paymentFor(kit, side, await orderAt(kit, side, 'approved')),
    declared: await declared(kit, side),
    batch,
    item: await itemOf(kit, side, batch),
    proposal: await proposed(kit, side),
    credit: await strayCredit(kit, side, bank),
    dispute: await disputed(side, kit, bank, batch),
    registers: await standingRows(kit, side),
    cases: await standingCases(kit, side),
    erasure: await standingErasure(kit, side),
    fact: fact!.id,
    signing: await signingOf(kit, side),
    client: await aClient(side),
    bank,
    signer,
  }
}

async function machine(write: Side['world']['write'], organisationId: string): Promise<string> {
  const input = {
    name: 'scale',
    kind: 'client' as const,
    organisationId,
    role: 'coop_clerk' as const,
    scopes: clientScopes,
  }
  return (await write(tx => createClient(tx, input))).secret
}

/** The first person of each role: they stand on the first side. */
export const personOfRole = new Map(roles.map(role => [role, people.find(([, held]) => held === role)![0]]))
