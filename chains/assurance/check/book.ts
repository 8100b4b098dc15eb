import type { LinkFormula } from '../../production/links/contract.ts'
import type { Fact } from './entry.ts'

/** What a hidden field says; undefined when it was erased. */
export type Openings = ReadonlyMap<string, string>

interface Told {
  readonly fact: Fact
}

export interface Key extends Told {
  readonly keyId: string
  readonly key: string
  readonly alg: 'ed25519' | 'sm2'
  readonly custody: string
  readonly holder: string
  readonly role: 'operator' | 'log' | 'actor'
  /** Of own keys, since it is told. */
  readonly as?: string | undefined
}

/** A bulletin that was published: its content by its hash. */
export interface BulletinTold extends Told {
  readonly month: string
  readonly version: number
  readonly content: string
}

/** What a fact tells of a row of a declared register, at one of its versions. */
export interface TellsOfRow extends Told {
  readonly version: number
  readonly county: string | undefined
  readonly validFrom: string | undefined
  readonly validTo: string | undefined
  /** Public and hidden ones; those erased are left out. */
  readonly values: Readonly<Record<string, string | number | boolean | readonly string[] | null>>
  readonly parts: Readonly<Record<string, number>> | undefined
}

export interface RowTrail {
  last: TellsOfRow
  readonly versions: Set<number>
  /** The counties, and the areas, that it was ever told to lie in. */
  readonly counties: Set<string>
  readonly places: Set<string>
}

export interface Link extends Told {
  readonly cooperative: string
  readonly mechanism: string
  readonly startsOn: string
  readonly endsOn: string
  readonly household: string | undefined
  readonly formula: LinkFormula | undefined
}

/** A link that is owed to another household from then on; undefined what was erased. */
export interface LinkPassed extends Told {
  readonly household: string | undefined
  readonly was: string | undefined
}

export interface Product extends Told {
  readonly key: string
  readonly name: string
  readonly class: string
  readonly county: string
  readonly cooperative: string
  readonly unit: string
}

export interface Recognition extends Told {
  readonly from: string
  readonly to: string
}

export interface LotSource {
  readonly linkId: string
  readonly householdId: string
  readonly quantity: number
  readonly price: { readonly fen: number; readonly per: number }
}

export interface Lot extends Told {
  /** Where it was brought, and where it lies now. */
  readonly place?: string | undefined
  /** Leaf of the last fact that moved it. */
  readonly moved?: string
  readonly product: string
  readonly county: string
  readonly harvestedOn: string
  readonly unit: string
  readonly quantity: number
  readonly own: number
  readonly sources: readonly LotSource[]
}

/** A move tells from where; `lay` is where it lay by the facts before. */
export interface LotMove extends Told {
  readonly lot: string
  readonly from: string | undefined
  readonly lay: string | undefined
}

export interface OfferVersion {
  readonly version: number
  readonly lot: string
  readonly fen: number
  readonly state: string
  readonly shipDays?: number | undefined
  /** What lowers the price for a group, or from a number of pieces on. */
  readonly prices?:
    | readonly { readonly group: string; readonly from: number; readonly fen: number }[]
    | undefined
}

export interface Offer extends Told {
  readonly product: string
  readonly perPiece: number
  /** Of its first version. */
  readonly shipDays: number
}

export interface Rule extends Told {
  readonly year: number
  readonly areaCode: string
  readonly base: string
  readonly ratioBp: number
  readonly productAreas: string[]
  readonly channels: readonly string[]
  readonly recognisedOnly: boolean
  readonly notBelowLastYear?: boolean | undefined
  readonly declareBy?: string | undefined
  readonly source: string
}

export interface Declaration extends Told {
  readonly unit: string
  readonly year: number
  readonly rule: string
  readonly kind: string
  readonly baseFen: number
  readonly reservedFen: number
}

export interface OrderLine {
  readonly no: number
  readonly product: string
  readonly lot: string
  readonly pieces: number
  readonly unit: string
  readonly quantity: number
  readonly fen: number
  readonly county: string
  readonly recognised: boolean
}

export interface Placed extends Told {
  readonly basket: string
  readonly number: string
  readonly buyer: string
  readonly seller: string
  /** Empty for a citizen's. */
  readonly declaration: string
  readonly citizen: boolean
  /** Hidden, and undefined once it was erased. */
  readonly customer?: string | undefined
  /** Of the customer's wallet. */
  readonly walletFen: number
  readonly fen: number
  readonly shipBy: string
  /** When what it holds is free again: unless it is approved, or paid. */
  readonly approveBy: Date
  readonly lines: readonly (OrderLine & { readonly offer: string; readonly offerVersion: number })[]
}

export type StepName =
  | 'approved'
  | 'refused'
  | 'cancelled'
  | 'expired'
  | 'shipped'
  | 'delivered'
  | 'accepted'
  | 'paid'
  | 'evaluated'
  | 'completed'

/** A step of an order, with what its public part says beside the order's id. */
export interface Step extends Told {
  readonly score?: number | undefined
  readonly payment?: string | undefined
  readonly fen?: number | undefined
  readonly countedFen?: number | undefined
  readonly buyerKind?: string | undefined
  readonly channel?: string | undefined
  /** `silence`: nobody said anything in the time there was for it. */
  readonly by?: string | undefined
  readonly payments?: readonly string[] | undefined
  readonly walletFen?: number | undefined
  readonly lines?: readonly OrderLine[] | undefined
  /** What people typed: hidden, and erased one day. */
  readonly said: Openings
}

/** Goods of an order that left apart from the rest. */
export interface SentTold extends Told {
  readonly parcel: string
  readonly lines: readonly { readonly no: number; readonly unit: string; readonly quantity: number }[]
  readonly said: Openings
}

/** What was not supplied, or came back. */
export interface OffTold extends Told {
  readonly off: string
  readonly cause: 'short' | 'return' | 'quality' | 'missing'
  readonly fen: number
  readonly restock: 'yes' | 'no'
  readonly state: string
  readonly countedFen?: number | undefined
  readonly lines: readonly {
    readonly no: number
    readonly pieces: number
    readonly unit: string
    readonly quantity: number
    readonly fen: number
  }[]
}

/** What figures take off: amounts below zero. */
export interface ReturnedTold extends Told {
  readonly off: string
  readonly buyerKind?: string | undefined
  readonly channel?: string | undefined
  readonly lines: readonly { readonly no: number; readonly county: string; readonly fen: number }[]
}

export interface Trail {
  readonly steps: Map<StepName, Step>
  /** The fact that the next one of this order would refer to. */
  last: Fact
}

export interface Payment extends Told {
  readonly code: string
  readonly fen: number
  readonly expiresAt: Date
  readonly orders: readonly { readonly order: string; readonly fen: number }[]
  /** Of a citizen's: the way it is paid, and by whom. */
  readonly provider?: string | undefined
  readonly payer?: string | undefined
}

/** Money of a citizen's payment that came by a provider, or out of a wallet. */
export interface Taken extends Told {
  readonly payment: string
  readonly provider: string
  readonly reference?: string | undefined
  readonly fen: number
  readonly outcome: string
  readonly reason?: string | undefined
}

/** Money that goes back: of an order, or of a payment that could not be taken. */
export interface RefundTold extends Told {
  readonly refund: string
  readonly order?: string | undefined
  readonly payment?: string | undefined
  readonly seller?: string | undefined
  readonly reason: string
  readonly fen: number
  readonly from: string
  readonly parts: readonly {
    readonly id: string
    readonly no: number
    readonly source: string
    readonly fen: number
    /** Of another's wallet who is gone. */
    readonly to?: 'buyer' | undefined
  }[]
}

export interface RefundDone extends Told {
  readonly source: string
  readonly fen: number
  readonly reference: string
  /** The bank has paid what the provider would not. */
  readonly by?: 'bank' | undefined
}

/** What a seller has paid of what was given back for it. */
export interface Recovered extends Told {
  readonly seller: string
  readonly payee: string
  readonly fen: number
}

export interface Credit extends Told {
  readonly reference: string
  readonly code: string
  readonly fen: number
  readonly bookedAt: Date
}

export interface Suspension extends Told {
  readonly payment: string
  readonly fen: number
  readonly reason: string
}

/** Money that a person allotted, by the leaf of the bank's word. */
export interface Allotment extends Told {
  readonly payment: string
  readonly fen: number
}

export interface Settlement extends Told {
  readonly seller: string
  /** Who was paid the seller's share, where another goes on for it. */
  readonly payee?: string | undefined
  /** Facts that it is told in, and how many of them were read. */
  readonly pieces: number
  readonly seen: number
  readonly fen: number
  readonly cooperativeFen: number
  readonly householdsFen: number
  readonly parts: readonly { readonly household: string; readonly link: string; readonly fen: number }[]
}

/** What a merged household was still owed, and who has it since. */
export interface BenefitPassed extends Told {
  readonly household: string
  readonly to: string
  readonly fen: number
  /** `order/link` of what waited to be paid. */
  readonly parts: readonly string[]
}

export interface PayablePassed extends Told {
  readonly to: string
  readonly fen: number
}

export interface PayoutItem {
  readonly household: string
  readonly fen: number
  /** `order/link` of what is paid with it. */
  readonly parts: readonly string[]
}

export interface Payout extends Told {
  readonly county: string
  readonly fen: number
  readonly items: readonly PayoutItem[]
}

export interface PaidOut extends Told {
  readonly reference: string
  readonly batch: string
  readonly fen: number
}

export interface Confirmation extends Told {
  readonly batch: string
  /** Undefined when it was erased; in public in facts of the first release. */
  readonly fen: number | undefined
  readonly household: string | undefined
}

export interface Cited extends Told {
  readonly row: string
  readonly quoteZh: string
  readonly labelEn: string
  readonly value: string
  readonly unit: string
  readonly asOf: string
}

export interface ProgrammeCreated extends Told {
  readonly name: string
  readonly area: string
  readonly demo: boolean
}

/** All that the entries tell, by the thing it is about. Order matters only where facts of one thing follow each other. */
export class Book {
  name = ''
  /** What the log was called, each name from the entry with which it took it. */
  readonly names: { readonly name: string; readonly since: number }[] = []
  createdAt: Date | undefined
  readonly programmes = new Map<string, ProgrammeCreated>()
  readonly keys = new Map<string, Key>()
  readonly revoked = new Map<string, Date>()
  readonly #rows = new Map<string, Map<string, RowTrail>>()
  /** Who goes on: `register/id` or `organisation/id` → those that were named when it ended. */
  readonly successors = new Map<string, { readonly fact: Fact; readonly to: readonly string[] }>()
  readonly links = new Map<string, Link>()
  /** By link, in the order of the log. */
  readonly linksPassed = new Map<string, LinkPassed[]>()
  readonly products = new Map<string, Product>()
  readonly recognitions = new Map<string, Recognition[]>()
  readonly lots = new Map<string, Lot>()
  readonly lotMoves: LotMove[] = []
  readonly offers = new Map<string, Offer>()
  /** Versions by offer. */
  readonly versions = new Map<string, Map<number, OfferVersion>>()
  readonly rules = new Map<string, Rule>()
  readonly declarations = new Map<string, Declaration>()
  /** How declarations were decided. */
  readonly decisions = new Map<string, { readonly state: 'confirmed' | 'returned'; readonly fact: Fact }>()
  readonly orders = new Map<string, Placed>()
  readonly trails = new Map<string, Trail>()
  /** By order, in the order of the log: each happens any number of times. */
  readonly sent = new Map<string, SentTold[]>()
  readonly offs = new Map<string, OffTold[]>()
  readonly returned = new Map<string, ReturnedTold[]>()
  readonly payments = new Map<string, Payment>()
  /** Money given into wallets. */
  readonly gifts = new Map<string, Told & { readonly customer: string | undefined; readonly fen: number }>()
  readonly taken: Taken[] = []
  readonly refunds: RefundTold[] = []
  /** By the refund of a source. */
  readonly refundsDone = new Map<string, RefundDone>()
  readonly recovered: Recovered[] = []
  /** By leaf, because that is how other facts name them. */
  readonly credits = new Map<string, Credit>()
  readonly suspensions = new Map<string, Suspension>()
  readonly allotments = new Map<string, Allotment>()
  readonly settlements = new Map<string, Settlement>()
  /** By household, and by organisation: each ends once. */
  readonly benefitsPassed = new Map<string, BenefitPassed>()
  readonly payablesPassed = new Map<string, PayablePassed>()
  readonly payouts = new Map<string, Payout>()
  readonly paidOut: PaidOut[] = []
  /** By item. */
  readonly confirmations = new Map<string, Confirmation>()
  readonly bulletins = new Map<string, BulletinTold>()
  readonly cited = new Map<string, Cited>()
  /** Facts that say what another said before: `fact id` → what is doubled. */
  readonly doubled = new Map<string, string>()

  /** Keeps what a fact tells of a thing; a second fact that tells the same is a fault. */
  tell<T extends Told>(map: Map<string, T>, key: string, told: T, what: string): void {
    if (map.has(key)) this.doubled.set(told.fact.id, `${what} ${key}`)
    else map.set(key, told)
  }

  /** Further parts of a settlement; a piece out of turn, twice or of nothing is a fault. */
  morePieces(
    order: string,
    { fact, piece, parts }: { fact: Fact; piece: number; parts: Settlement['parts'] },
  ): void {
    const told = this.settlements.get(order)
    if (!told || piece !== told.seen + 1) this.doubled.set(fact.id, `settlement ${order} piece ${piece}`)
    else this.settlements.set(order, { ...told, seen: piece, parts: [...told.parts, ...parts] })
  }

  /** Keeps the latest version that is told of a row of a declared register. */
  tellRow(register: string, id: string, told: TellsOfRow, place?: string): void {
    const rows = this.#rows.get(register) ?? new Map<string, RowTrail>()
    this.#rows.set(register, rows)
    const none = {
      last: told,
      versions: new Set<number>(),
      counties: new Set<string>(),
      places: new Set<string>(),
    }
    const trail = rows.get(id) ?? none
    rows.set(id, trail)
    if (trail.versions.has(told.version))
      this.doubled.set(told.fact.id, `${register} ${id} version ${told.version}`)
    if (told.version > trail.last.version) trail.last = told
    trail.versions.add(told.version)
    if (told.county !== undefined) trail.counties.add(told.county)
    if (place !== undefined) trail.places.add(place)
  }

  rowsOf(register: string): ReadonlyMap<string, RowTrail> {
    return this.#rows.get(register) ?? new Map()
  }

  step(order: string, name: StepName, step: Step): void {
    const trail = this.trails.get(order) ?? { steps: new Map<StepName, Step>(), last: step.fact }
    this.trails.set(order, trail)
    trail.last = step.fact
    this.tell(trail.steps, name, step, `order.${name}`)
  }

  /** One of several facts of its kind in an order's trail. */
  more<T extends Told>(map: Map<string, T[]>, order: string, told: T): void {
    const trail = this.trails.get(order) ?? { steps: new Map<StepName, Step>(), last: told.fact }
    this.trails.set(order, trail)
    trail.last = told.fact
    map.set(order, [...(map.get(order) ?? []), told])
  }

  /** Money back is a step of its order's trail. */
  refunded(told: RefundTold): void {
    this.refunds.push(told)
    const trail = told.order === undefined ? undefined : this.trails.get(told.order)
    if (trail) trail.last = told.fact
  }

  stepOf(order: string, name: StepName): Step | undefined {
    return this.trails.get(order)?.steps.get(name)
  }
}
