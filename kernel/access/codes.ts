import { type Refusal, type Result, refuse } from '../result/result.ts'

/** A seat for one-time codes by text message. No carrier is built in: an operator brings an implementation. */
export interface CodeSender {
  /** Must not throw on an unreachable phone; what failed is told to nobody who might probe numbers. */
  send(phone: string, code: string): Promise<Result<null>>
}

/** What stands in the seat until then. */
export const noCodes: CodeSender = {
  send: async (): Promise<Refusal<'codes.unavailable'>> => refuse('codes.unavailable'),
}

/**
 * A seat for sign-in at the office's own identity provider: the shape of its settings only, nothing reads it yet.
 * better-auth's generic OAuth plugin takes these values as they are.
 */
export interface OidcSettings {
  readonly providerId: string
  /** `https://…/.well-known/openid-configuration` */
  readonly discoveryUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
}
