import { isAPIError } from 'better-auth/api'
import type { Secrets } from '../config/secrets.ts'
import type { Database } from '../database/database.ts'
import { ProgrammeGroups } from '../database/group.ts'
import type { Vault } from '../personal/vault.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { normalUsername, PLATFORM } from './accounts.ts'
import { recordAccess } from './audit.ts'
import { type SignIn, signInWith } from './better-auth.ts'
import type { Me } from './contract.ts'
import { tokenFrom } from './cookies.ts'
import { credentialsEnded, Lately } from './lately.ts'
import {
  attemptSubject,
  forgetTries,
  neighbourhood,
  perAddress,
  perUsername,
  returnTry,
  takeTry,
} from './lockout.ts'
import { type AskedBy, isForeign } from './origin.ts'
import { type Principal, publicPrincipal } from './principal.ts'
import { endSessions, setOwnPassword, standingOf } from './standing.ts'
import { type MachineAsked, machinesOf, meOf, personOf } from './who.ts'

export interface AuthOptions {
  /** Of the role `app`. */
  readonly database: Database
  readonly vault: Vault
  readonly secrets: Pick<Secrets, 'indexKey' | 'sessionSecret'>
  readonly publicUrl: string
}

export interface SignInInput {
  readonly username: string
  readonly password: string
  /** Takes the place of the password that was given; needed where that one opens the account only once. */
  readonly newPassword?: string
  /** IP address of whoever asks. */
  readonly address: string
  readonly requestId: string
  readonly at?: Date
}

export type SignInRefusal =
  | 'sign_in.wrong'
  | 'sign_in.locked'
  | 'sign_in.barred'
  | 'sign_in.expired'
  | 'sign_in.password_due'
  | 'account.password'

export interface Session {
  readonly accountId: string
  /** The `set-cookie` lines. */
  readonly cookies: string[]
}

export type PrincipalRefusal = 'request.foreign_origin' | 'credential.forged'

/** How long a key or session is believed where nobody insists. */
const LATELY_MS = 15_000
const MOST_KEPT = 20_000

/** Sign-in and the answer to "who asks". */
export class Auth {
  readonly #options: AuthOptions
  readonly #signIn: SignIn
  readonly #machines = new Lately<Principal | undefined>(LATELY_MS, MOST_KEPT)
  readonly #persons = new Lately<Principal>(LATELY_MS, MOST_KEPT)
  /** Many machines ask at one moment: whose keys they are is one question. */
  readonly #keys: ProgrammeGroups<MachineAsked, Principal | undefined>

  constructor(options: AuthOptions) {
    this.#options = options
    const { database, secrets, publicUrl } = options
    this.#keys = new ProgrammeGroups(programme => ({
      run: asked => machinesOf(database.pool, programme, asked),
    }))
    this.#signIn = signInWith({ pool: database.pool, secret: secrets.sessionSecret, publicUrl })
  }

  /**
   * The `set-cookie` lines of a new session of 12 hours. Refuses `sign_in.wrong`, the same for an unknown name as for a
   * wrong password, and `sign_in.locked` {minutes} after 5 failures of a name (known or not) or 50 of an address. To
   * whoever knows the password: `sign_in.barred` for a locked account, `sign_in.password_due` where the password opens
   * it once and none was given in its place, `sign_in.expired` where it no longer does, `account.password` for a weak one.
   */
  async signIn(input: SignInInput): Promise<Result<Session, SignInRefusal>> {
    const { database, secrets } = this.#options
    const at = input.at ?? new Date()
    const address = attemptSubject(secrets.indexKey, 'address', neighbourhood(input.address))
    const username = attemptSubject(secrets.indexKey, 'username', normalUsername(input.username))
    const admitted =
      (await takeTry(database.pool, address, perAddress, at)) &&
      (await takeTry(database.pool, username, perUsername, at))
    if (!admitted) return refuse('sign_in.locked', { minutes: perUsername.windowMs / 60_000 })
    const opened = await this.#openSession(input.username, input.password)
    if (!opened) return refuse('sign_in.wrong')
    await returnTry(database.pool, address, perAddress)
    await forgetTries(database.pool, username)
    const session = await this.#admit(opened, input, at)
    if (session.ok) await this.#record('account.sign_in', opened.accountId, input.requestId, at)
    return session
  }

  /** What stands between a right password and a session. */
  async #admit(session: Session, input: SignInInput, at: Date): Promise<Result<Session, SignInRefusal>> {
    const { database } = this.#options
    const { lockedAt, oneTimeUntil } = await standingOf(database.pool, session.accountId)
    const bar = lockedAt
      ? refuse('sign_in.barred')
      : oneTimeUntil && oneTimeUntil <= at
        ? refuse('sign_in.expired')
        : oneTimeUntil && input.newPassword === undefined
          ? refuse('sign_in.password_due')
          : undefined
    if (!bar && input.newPassword === undefined) return ok(session)
    await endSessions(database.pool, session.accountId)
    return bar ?? this.#replacePassword(session.accountId, input, at)
  }

  async #replacePassword(
    accountId: string,
    { username, password, newPassword = '', requestId }: SignInInput,
    at: Date,
  ): Promise<Result<Session, SignInRefusal>> {
    if (newPassword === password) return refuse('account.password')
    const set = await this.#options.database.write({ programme: PLATFORM, actor: accountId, at }, tx =>
      setOwnPassword(tx, accountId, newPassword),
    )
    if (!set.ok) return set.code === 'account.password' ? refuse(set.code) : refuse('sign_in.wrong')
    await this.#record('account.password', accountId, requestId, at)
    const session = await this.#openSession(username, newPassword)
    return session ? ok(session) : refuse('sign_in.wrong')
  }

  async #openSession(username: string, password: string): Promise<Session | undefined> {
    try {
      const { headers, response } = await this.#signIn.api.signInUsername({
        body: { username, password },
        returnHeaders: true,
      })
      return { accountId: response.user.id, cookies: headers.getSetCookie() }
    } catch (error) {
      if (isAPIError(error) && error.statusCode < 500) return undefined
      throw error
    }
  }

  /** Ends the session of the cookie, if there is one, and returns the `set-cookie` lines that clear it. Refuses `request.foreign_origin`. */
  async signOut(
    request: AskedBy,
    requestId: string,
    at: Date = new Date(),
  ): Promise<Result<{ cookies: string[] }, 'request.foreign_origin'>> {
    if (isForeign(request, this.#options.publicUrl)) return refuse('request.foreign_origin')
    const { cookie = '' } = request.headers
    const { account } = await this.me(request, at)
    credentialsEnded()
    const { headers } = await this.#signIn.api.signOut({
      headers: new Headers({ cookie: String(cookie) }),
      returnHeaders: true,
    })
    if (account) await this.#record('account.sign_out', account.id, requestId, at)
    return ok({ cookies: headers.getSetCookie() })
  }

  /**
   * Who asks within a programme: by `Authorization: Bearer` a machine, else by the session cookie a person, else the
   * public. Refuses `credential.forged` for a key that is unknown or revoked, and `request.foreign_origin` where another
   * site's page may have sent the cookie along. `lately` is content with what was so within the last seconds.
   */
  async principalOf(
    request: AskedBy,
    programme: string,
    at: Date = new Date(),
    lately = false,
  ): Promise<Result<Principal, PrincipalRefusal>> {
    const { pool } = this.#options.database
    const known = <T>(kept: Lately<T>, credential: string, read: () => Promise<T>): Promise<T> =>
      lately ? kept.get(`${programme} ${credential}`, at, read) : read()
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const secret = /^Bearer (sln_[\w-]{43})$/.exec(String(authorization))?.[1]
      const machine =
        secret && (await known(this.#machines, secret, () => this.#keys.submit(programme, { secret, at })))
      return machine ? ok(machine) : refuse('credential.forged')
    }
    const token = await this.#tokenOf(request)
    if (!token) return ok(publicPrincipal(programme))
    if (isForeign(request, this.#options.publicUrl)) return refuse('request.foreign_origin')
    return ok(await known(this.#persons, token, () => personOf(pool, token, programme, at)))
  }

  /** The account of the cookie, with its programmes and roles. */
  async me(request: Pick<AskedBy, 'headers'>, at: Date = new Date()): Promise<Me> {
    const { database, vault } = this.#options
    const token = await this.#tokenOf(request)
    if (!token) return { account: null, programmes: [] }
    return database.read({ programme: PLATFORM, actor: 'system', at }, tx => meOf(tx, vault, token))
  }

  async #tokenOf({ headers }: Pick<AskedBy, 'headers'>): Promise<string | undefined> {
    const { authCookies, secret } = await this.#signIn.$context
    return tokenFrom(headers.cookie?.toString(), authCookies.sessionToken.name, secret)
  }

  async #record(action: string, accountId: string, requestId: string, at: Date): Promise<void> {
    await this.#options.database.write({ programme: PLATFORM, actor: accountId, at }, async tx => {
      await recordAccess(tx, {
        action,
        subjectType: 'account',
        subjectIds: [accountId],
        fields: [],
        purpose: '',
        requestId,
      })
      return ok(null)
    })
  }
}
