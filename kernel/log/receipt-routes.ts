import { z } from 'zod'
import type { Reach } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import type { Database, Reader } from '../database/database.ts'
import type { Keyring } from '../fact/keyring.ts'
import { type Route, route } from '../http/route.ts'
import { id } from '../http/shapes.ts'
import { ok, type Result } from '../result/result.ts'
import { receipts } from './receipt-contract.ts'
import { type Receipted, receiptsOf } from './receipts.ts'

/** Who asks for the receipts of what. */
export interface Asked {
  readonly reach: Reach
  readonly principal: Principal
  readonly id: string
}

/** A kind of thing of which the log tells: a capability says who may read it, which facts it has, and what they may see. */
export interface ReceiptSource {
  /** Where one of them is read, without its id: its receipts lie below. */
  readonly path: `/${string}`
  /** What its id is called in the address. */
  readonly thing: string
  /** The action that reads it: who may not, gets no receipt. */
  readonly action: string
  readonly summary: string
  /** Its facts, each with what of it the asking party may see; refuses what is not found or beyond reach. */
  facts(tx: Reader, asked: Asked): Promise<Result<readonly Receipted[]>>
}

interface ReceiptMeans {
  readonly app: Database
  readonly keyring: Keyring
}

/** `GET /<things>/{thing}/receipts` of each source. */
export const receiptRoutes = ({ app, keyring }: ReceiptMeans, sources: readonly ReceiptSource[]): Route[] =>
  sources.map(({ path, thing, action, summary, facts }) =>
    route({
      method: 'GET',
      path: `${path}/{${thing}}/receipts`,
      action,
      summary,
      params: z.object({ [thing]: id }),
      answer: receipts,
      handle: ({ scope, reach, principal, params }) =>
        app.read(scope, async tx => {
          const found = await facts(tx, { reach, principal, id: params[thing]! })
          return found.ok ? ok(await receiptsOf(tx, keyring, found.value)) : found
        }),
    }),
  )
