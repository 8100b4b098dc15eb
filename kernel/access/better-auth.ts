import { betterAuth } from 'better-auth'
import { username } from 'better-auth/plugins/username'
import { Kysely, PostgresDialect, WithSchemaPlugin } from 'kysely'
import type { Pool } from 'pg'
import { newId } from '../ids/ids.ts'
import { normalUsername, USERNAME } from './accounts.ts'

export const SESSION_SECONDS = 12 * 3600

export interface SignInOptions {
  /** The app role's pool; the tables are those of the schema `auth`. */
  readonly pool: Pool
  readonly secret: string
  /** https makes the cookie Secure. */
  readonly publicUrl: string
}

/**
 * better-auth over our tables. Only its calls are used, its HTTP handler is not mounted: nothing is reachable but what
 * routes.ts offers, and the origin check and lock-out are ours.
 */
export const signInWith = ({ pool, secret, publicUrl }: SignInOptions) =>
  betterAuth({
    appName: 'Silian',
    baseURL: publicUrl,
    secret,
    database: {
      db: new Kysely<object>({
        dialect: new PostgresDialect({ pool }),
        plugins: [new WithSchemaPlugin('auth')],
      }),
      type: 'postgres',
    },
    // only names, cookies and passwords: no mail is ever sent, nobody signs up by himself
    emailAndPassword: { enabled: true, disableSignUp: true },
    plugins: [
      username({
        minUsernameLength: 2,
        maxUsernameLength: 64,
        displayUsername: false,
        usernameNormalization: normalUsername,
        usernameValidator: name => USERNAME.test(normalUsername(name)),
      }),
    ],
    user: { fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' } },
    session: {
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: { fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
    advanced: {
      cookiePrefix: 'silian',
      database: { generateId: () => newId() },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })

export type SignIn = ReturnType<typeof signInWith>
