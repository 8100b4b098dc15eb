import type { z } from 'zod'
import type { Reader, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import type { Vault } from '../personal/vault.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { NewTarget, targetPage } from './contract.ts'
import type { TargetRow } from './tables.ts'
import { isOutside } from './webhook.ts'

export const ADDRESS = 'notification_target.address'
export const SECRET = 'notification_target.secret'

const MOST = 5

/**
 * Adds a way to be told; `secret` signs a webhook's messages. Refuses
 * `target.address` for a webhook that is not https or lies inside, `target.too_many`, `member.not_found`.
 */
export async function addTarget(
  tx: Writer,
  vault: Vault,
  memberId: string | null,
  { channel, address, language }: NewTarget,
  secret: string,
): Promise<Result<{ id: string }, 'member.not_found' | 'target.address' | 'target.too_many'>> {
  if (memberId === null) return refuse('member.not_found')
  if (channel === 'webhook' && !isOutside(address)) return refuse('target.address')
  const own = await tx.query(
    'select 1 from notification_target where programme_id = $1 and member_id = $2 and ended_at is null',
    [tx.programme, memberId],
  )
  if (own.length >= MOST) return refuse('target.too_many', { most: MOST })
  const id = newId(tx.at.getTime())
  await tx.db
    .insertInto('notification_target')
    .values({
      ...{ programme_id: tx.programme, id, member_id: memberId, channel, language },
      address: await vault.seal(tx, id, ADDRESS, address),
      secret: channel === 'email' ? null : await vault.seal(tx, id, SECRET, secret),
      ...{ created_at: tx.at, ended_at: null },
    })
    .execute()
  return ok({ id })
}

export async function targetsOf(
  tx: Reader,
  vault: Vault,
  memberId: string | null,
): Promise<z.infer<typeof targetPage>> {
  const rows = await tx.query<TargetRow>(
    `select programme_id, id, member_id, channel, address, secret, language, created_at, ended_at
       from notification_target where programme_id = $1 and member_id = $2 and ended_at is null order by id`,
    [tx.programme, memberId],
  )
  const addresses = await vault.openMany(
    tx,
    rows.map(row => ({ subject: row.id, field: ADDRESS, sealed: row.address })),
  )
  return rows.map((row, i) => ({
    id: row.id,
    channel: row.channel,
    address: maskTarget(addresses[i] ?? ''),
    language: row.language,
  }))
}

/** somebody@example.cn → so***@example.cn; of a webhook its host. */
export function maskTarget(address: string): string {
  const [name = '', host] = address.split('@')
  if (host && !address.includes('://')) return `${name.slice(0, 2)}***@${host}`
  return URL.canParse(address) ? `${new URL(address).origin}/***` : '***'
}

/** Refuses `target.not_found`, also one ended already or another's. */
export async function endTarget(
  tx: Writer,
  memberId: string | null,
  id: string,
): Promise<Result<{ id: string }, 'target.not_found'>> {
  const rows = await tx.query(
    `update notification_target set ended_at = $4
      where programme_id = $1 and member_id = $2 and id = $3 and ended_at is null returning 1`,
    [tx.programme, memberId, id, tx.at],
  )
  return rows.length > 0 ? ok({ id }) : refuse('target.not_found')
}
