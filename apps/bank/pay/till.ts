import { randomInt } from 'node:crypto'

export type Provider = 'wechat' | 'alipay'

/** How a callback goes astray: `amount` signs another sum, `stale` an old time, `silent` says nothing. */
export const manners = ['prompt', 'late', 'double', 'forged', 'amount', 'stale', 'silent'] as const
export type Manner = (typeof manners)[number]

export interface Trade {
  readonly provider: Provider
  readonly tradeNo: string
  readonly fen: number
  readonly title: string
  readonly notifyUrl: string
  readonly returnUrl: string
  readonly expiresAt: Date
  state: 'waiting' | 'paid' | 'closed'
  reference: string
  paidAt: Date | undefined
}

export interface Refund {
  readonly provider: Provider
  readonly tradeNo: string
  readonly refundNo: string
  readonly fen: number
  readonly reference: string
  /** When it was asked for; once it is done, when that was. */
  at: Date
  state: 'done' | 'pending' | 'closed' | 'abnormal'
}

/** What the sandbox providers remember; both count by the same rules. */
export class Till {
  readonly trades = new Map<string, Trade>()
  readonly refunds = new Map<string, Refund>()
  /** Requests are taken and never answered. */
  asleep = false
  /** Refunds are taken on and done later. */
  slowRefunds = false
  /** The time the sandbox goes by. */
  readonly now: () => Date

  constructor(now: () => Date = () => new Date()) {
    this.now = now
  }

  find(provider: Provider, tradeNo: string): Trade | undefined {
    return this.trades.get(`${provider}/${tradeNo}`)
  }

  /** The same trade opened again is the same; one with another sum is refused. */
  open(trade: Omit<Trade, 'state' | 'reference' | 'paidAt'>): Trade | undefined {
    const before = this.find(trade.provider, trade.tradeNo)
    if (before) return before.fen === trade.fen ? before : undefined
    const opened: Trade = { ...trade, state: 'waiting', reference: '', paidAt: undefined }
    this.trades.set(`${trade.provider}/${trade.tradeNo}`, opened)
    return opened
  }

  /** The payer confirms. */
  pay(trade: Trade): boolean {
    if (trade.state !== 'waiting') return false
    trade.state = 'paid'
    trade.paidAt = this.now()
    trade.reference = `4200${String(trade.paidAt.getTime())}${String(randomInt(10 ** 9)).padStart(9, '0')}`
    return true
  }

  /** Refuses with the provider's word for it: `none` for an unknown trade, `over` for more than is left. */
  refund(provider: Provider, tradeNo: string, refundNo: string, fen: number): Refund | 'none' | 'over' {
    const trade = this.find(provider, tradeNo)
    if (trade?.state !== 'paid') return 'none'
    const before = this.refunds.get(`${provider}/${refundNo}`)
    if (before) return before.fen === fen && before.tradeNo === tradeNo ? before : 'over'
    const back = [...this.refunds.values()]
      .filter(other => other.provider === provider && other.tradeNo === tradeNo && other.state !== 'closed')
      .reduce((sum, other) => sum + other.fen, 0)
    if (back + fen > trade.fen) return 'over'
    const at = this.now()
    const made: Refund = {
      ...{ provider, tradeNo, refundNo, fen, at, reference: `5030${at.getTime()}${randomInt(10 ** 6)}` },
      state: this.slowRefunds ? 'pending' : 'done',
    }
    this.refunds.set(`${provider}/${refundNo}`, made)
    return made
  }

  /** What becomes of a refund that was taken on. */
  end(refund: Refund, state: Refund['state']): void {
    refund.state = state
    refund.at = this.now()
  }
}

/** What a provider gave back on a day. */
export const doneOn = (till: Till, provider: Provider, day: string): Refund[] =>
  [...till.refunds.values()].filter(
    refund => refund.provider === provider && refund.state === 'done' && beijing(refund.at).startsWith(day),
  )

/** The day in Shanghai, and the time of it as providers write it. */
export const beijing = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
