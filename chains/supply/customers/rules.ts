import { createHash, createHmac, randomInt } from 'node:crypto'
import type { LockoutRule } from '@silian/kernel/access/lockout.ts'

const MINUTE = 60_000
const DAY = 86_400_000

export const SESSION_DAYS = 30
export const sessionEnds = (at: Date): Date => new Date(at.getTime() + SESSION_DAYS * DAY)

/** A code is good for ten minutes and five tries; the next one may be asked for after a minute. */
export const CODE_GOOD_SECONDS = 600
export const CODE_AGAIN_SECONDS = 60
export const CODE_TRIES = 5
export const codeEnds = (at: Date): Date => new Date(at.getTime() + CODE_GOOD_SECONDS * 1000)

/** Codes of one phone, and of one address: many phones of a network share it. */
export const codesPerPhone: LockoutRule = { limit: 5, windowMs: 60 * MINUTE }
export const codesPerAddress: LockoutRule = { limit: 100, windowMs: 15 * MINUTE }
export const sessionsPerAddress: LockoutRule = { limit: 2_000, windowMs: 15 * MINUTE }

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** Six digits are soon tried out by whoever has the hash, so it is keyed. */
export const codeHash = (indexKey: string, phoneIndex: Buffer, code: string): Buffer =>
  createHmac('sha256', Buffer.from(indexKey, 'base64'))
    .update(`customer code ${phoneIndex.toString('hex')} ${code}`)
    .digest()

/** 32 random bytes need no slow hash. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

export const COOKIE = 'silian_shop'

export function cookieOf(programme: string, token: string, isSecure: boolean): string {
  const age = token ? SESSION_DAYS * 86_400 : 0
  const name = `${COOKIE}.${programme}`
  return `${name}=${token}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
}
