import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { CodeSender } from '@silian/kernel/access/codes.ts'
import { attemptSubject, type LockoutRule, neighbourhood, takeTry } from '@silian/kernel/access/lockout.ts'
import type { Turns } from '@silian/kernel/access/turns.ts'
import type { Scope, Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { normalPhone } from '@silian/kernel/personal/blind-index.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { wallet } from './accounts.ts'
import {
  CODE_AGAIN_SECONDS,
  CODE_GOOD_SECONDS,
  CODE_TRIES,
  codeEnds,
  codeHash,
  codesPerAddress,
  codesPerPhone,
  newCode,
  sessionEnds,
  sessionsPerAddress,
  tokenHash,
} from './rules.ts'

export const PHONE = 'customer.phone'
export const NAME = 'customer.name'

/** What customers need beside the kit: the key of hashes, and who carries text messages. */
export interface ShopMeans {
  readonly indexKey: string
  readonly codes: CodeSender
  /** Where the codes of a demonstration go. */
  readonly demoCodes: CodeSender
  readonly publicUrl: string
  /** What one address may write, of whichever sessions. */
  readonly turns: Turns
}

export interface Opened {
  readonly customerId: string
  readonly token: string
}

type ShopKit = Kit & { readonly shop: ShopMeans }

/**
 * A guest's session: a customer of its own, whatever else was bought with the number. Refuses `session.too_many {minutes}`
 * unless addresses write as much as they like.
 */
export async function startSession(
  kit: ShopKit,
  scope: Scope,
  address: string,
  { phone, name }: { phone: string; name?: string | undefined },
): Promise<Result<Opened, 'session.too_many'>> {
  const isFree =
    !kit.shop.turns.isLimited ||
    (await admitted(kit, 'shop-session', neighbourhood(address), sessionsPerAddress, scope))
  if (!isFree) return refuse('session.too_many', { minutes: sessionsPerAddress.windowMs / 60_000 })
  return kit.app.write(scope, async tx => {
    const id = await newCustomer(tx, kit, normalPhone(phone), { name })
    return ok({ customerId: id, token: await newToken(tx, id) })
  })
}

/** Takes one try of a subject that is kept as a keyed hash; false once there were too many. */
const admitted = (
  { app, shop }: ShopKit,
  kind: string,
  text: string,
  rule: LockoutRule,
  { at, programme }: Scope,
): Promise<boolean> =>
  takeTry(
    app.pool,
    attemptSubject(shop.indexKey, 'address', `${kind} ${programme} ${text}`),
    rule,
    at ?? new Date(),
  )

interface NewCustomer {
  readonly id?: string
  readonly name?: string | undefined
  readonly provenAt?: Date | null
}

/** A customer row, sealed under its own key; proven ones have a wallet. */
export async function newCustomer(
  tx: Writer,
  { vault }: Pick<Kit, 'vault'>,
  phone: string,
  { id = newId(tx.at.getTime()), name, provenAt = null }: NewCustomer = {},
): Promise<string> {
  const [number, called] = await vault.sealMany(tx, [
    { subject: id, field: PHONE, text: phone },
    ...(name === undefined ? [] : [{ subject: id, field: NAME, text: name }]),
  ])
  await tx.db
    .insertInto('customer')
    .values({
      ...{ programme_id: tx.programme, id, phone: number!, name: called ?? null },
      phone_index: vault.index(tx.programme, PHONE, phone),
      ...{ proven_at: provenAt, created_at: tx.at, closed_at: null },
    })
    .execute()
  if (provenAt) await openAccounts(tx, [{ account: wallet(id), unit: 'fen', kind: 'ceiling' }])
  return id
}

async function newToken(tx: Writer, customerId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx.db
    .insertInto('customer_session')
    .values({
      ...{ programme_id: tx.programme, token_hash: tokenHash(token), customer_id: customerId },
      ...{ created_at: tx.at, expires_at: sessionEnds(tx.at) },
    })
    .execute()
  return token
}

/**
 * Sends a code to a phone, whether or not anybody has bought with it. It goes out after the transaction, so that only
 * whoever asked waits for the carrier. Refuses `code.too_soon {seconds}`, `code.too_many {minutes}`, `codes.unavailable`.
 */
export async function askCode(
  kit: ShopKit,
  scope: Scope,
  address: string,
  given: string,
): Promise<Result<{ againInSeconds: number; goodForSeconds: number }>> {
  const phone = normalPhone(given)
  const free =
    (await admitted(kit, 'shop-code', neighbourhood(address), codesPerAddress, scope)) &&
    (await admitted(kit, 'shop-code-phone', phone, codesPerPhone, scope))
  if (!free) return refuse('code.too_many', { minutes: codesPerPhone.windowMs / 60_000 })
  const code = newCode()
  const kept = await kit.app.write(scope, tx => keepCode(tx, kit, phone, code))
  if (!kept.ok) return kept
  const sent = await (kept.value ? kit.shop.demoCodes : kit.shop.codes).send(phone, code)
  return sent.ok ? ok({ againInSeconds: CODE_AGAIN_SECONDS, goodForSeconds: CODE_GOOD_SECONDS }) : sent
}

/** Whether the programme is a demonstration. */
async function keepCode(
  tx: Writer,
  { vault, shop }: ShopKit,
  phone: string,
  code: string,
): Promise<Result<boolean, 'code.too_soon'>> {
  const index = vault.index(tx.programme, PHONE, phone)
  const rows = await tx.query(
    `insert into customer_code as c (programme_id, phone_index, code_hash, tries, sent_at, expires_at)
     values ($1, $2, $3, 0, $4, $5)
     on conflict (programme_id, phone_index) do update
       set code_hash = excluded.code_hash, tries = 0, sent_at = excluded.sent_at, expires_at = excluded.expires_at
       where c.sent_at <= $6 returning 1`,
    [
      ...[tx.programme, index, codeHash(shop.indexKey, index, code), tx.at, codeEnds(tx.at)],
      new Date(tx.at.getTime() - CODE_AGAIN_SECONDS * 1000),
    ],
  )
  if (rows.length === 0) return refuse('code.too_soon', { seconds: CODE_AGAIN_SECONDS })
  const [programme] = await tx.query<{ demo: boolean }>('select demo from programme where id = $1', [
    tx.programme,
  ])
  return ok(programme!.demo)
}

/**
 * Proves a phone by the code that was sent to it and opens a session that reads all that was bought with it. Each try
 * counts before it is looked at. Refuses `code.wrong`, the same for a code that is over and for one that was never sent.
 */
export async function proveCode(
  kit: ShopKit,
  scope: Scope,
  { phone: given, code }: { phone: string; code: string },
): Promise<Result<Opened, 'code.wrong'>> {
  const phone = normalPhone(given)
  const index = kit.vault.index(scope.programme, PHONE, phone)
  const tried = await kit.app.write(scope, async tx => ok(await takeCode(tx, kit.shop, index, code)))
  if (!tried.ok || !tried.value) return refuse('code.wrong')
  return kit.app.write(scope, async tx => {
    // the code is used up by whoever comes first
    const used = await tx.query(
      'delete from customer_code where programme_id = $1 and phone_index = $2 and code_hash = $3 returning 1',
      [tx.programme, index, codeHash(kit.shop.indexKey, index, code)],
    )
    if (used.length === 0) return refuse('code.wrong')
    const id = await provenCustomer(tx, kit, phone, index)
    return ok({ customerId: id, token: await newToken(tx, id) })
  })
}

async function takeCode(tx: Writer, { indexKey }: ShopMeans, index: Buffer, code: string): Promise<boolean> {
  const [row] = await tx.query<{ code_hash: Buffer }>(
    `update customer_code set tries = tries + 1
      where programme_id = $1 and phone_index = $2 and tries < $3 and expires_at > $4 returning code_hash`,
    [tx.programme, index, CODE_TRIES, tx.at],
  )
  return row !== undefined && timingSafeEqual(row.code_hash, codeHash(indexKey, index, code))
}

/** The one customer of a proven phone, made at the first proof. */
async function provenCustomer(tx: Writer, kit: ShopKit, phone: string, index: Buffer): Promise<string> {
  // two proofs of one phone at once take turns on its code, which both have deleted
  const [known] = await tx.query<{ id: string }>(
    `select id from customer where programme_id = $1 and phone_index = $2 and proven_at is not null and closed_at is null`,
    [tx.programme, index],
  )
  return known?.id ?? (await newCustomer(tx, kit, phone, { provenAt: tx.at }))
}

/** Ends a session; one that has ended already changes nothing. */
export const endSession = async (tx: Writer, token: string): Promise<Result<null, never>> => {
  await tx.query('delete from customer_session where programme_id = $1 and token_hash = $2', [
    tx.programme,
    tokenHash(token),
  ])
  return ok(null)
}
