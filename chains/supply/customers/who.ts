import { cookieValue } from '@silian/kernel/access/cookies.ts'
import { type AskedBy, isForeign } from '@silian/kernel/access/origin.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Database } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { COOKIE, tokenHash } from './rules.ts'

/** How long a session that was looked up is believed without another look; one ended elsewhere lives on so long. */
const FRESH_MS = 15_000
const MOST = 20_000

interface Known {
  readonly principal: Principal | undefined
  readonly until: number
}

/** Who shops with a cookie. Kept for some seconds, so that a checkout costs no statement to know its buyer. */
export class Shoppers {
  readonly #database: Database
  readonly #publicUrl: string
  readonly #sendsCodes: boolean
  readonly #known = new Map<string, Known>()

  /** `sendsCodes`: a phone can be proven not only in demonstrations. */
  constructor(database: Database, publicUrl: string, sendsCodes: boolean) {
    this.#database = database
    this.#publicUrl = publicUrl
    this.#sendsCodes = sendsCodes
  }

  /** Undefined for nobody. Refuses `request.foreign_origin` where another site's page may have sent the cookie along. */
  async principalOf(
    request: AskedBy,
    programme: string,
    at: Date = new Date(),
  ): Promise<Result<Principal | undefined, 'request.foreign_origin'>> {
    const token = tokenOf(request, programme)
    if (!token) return ok(undefined)
    if (isForeign(request, this.#publicUrl)) return refuse('request.foreign_origin')
    const place = `${programme} ${token}`
    const known = this.#known.get(place)
    if (known && known.until > at.getTime()) return ok(known.principal)
    const principal = await this.#read(programme, token, at)
    this.#keep(place, { principal, until: at.getTime() + FRESH_MS })
    return ok(principal)
  }

  /** What was known of a session is not believed any more: it ended. */
  forget(programme: string, token: string): void {
    this.#known.delete(`${programme} ${token}`)
  }

  #keep(place: string, known: Known): void {
    this.#known.delete(place)
    this.#known.set(place, known)
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value!)
  }

  #read(programme: string, token: string, at: Date): Promise<Principal | undefined> {
    return this.#database.read({ programme, actor: 'system', at }, async tx => {
      const rows = await tx.query<{ id: string; own: string; guest_of: string | null }>(
        `select c.id, o.id as own, case when c.proven_at is null and (p.demo or $4)
           then encode(substr(c.phone_index, 1, 16), 'hex')::uuid end as guest_of
         from customer_session s join programme p on p.id = $1
           join customer c on c.programme_id = $1 and c.id = s.customer_id and c.closed_at is null
           join customer o on o.programme_id = $1 and o.closed_at is null
             and (o.id = c.id or c.proven_at is not null and o.phone_index = c.phone_index)
          where s.programme_id = $1 and s.token_hash = $2 and s.expires_at > $3`,
        [tx.programme, tokenHash(token), tx.at, this.#sendsCodes],
        'customer-session',
      )
      const [first] = rows
      if (!first) return undefined
      const roles = [{ role: 'citizen' as const, organisationId: null, areaPath: null }]
      return {
        ...{ kind: 'customer' as const, id: first.id, ownIds: rows.map(row => row.own), programme, roles },
        ...(first.guest_of && { guestOf: first.guest_of }),
      }
    })
  }
}

/** The cookie's token; undefined for what cannot be one. */
export function tokenOf({ headers }: Pick<AskedBy, 'headers'>, programme: string): string | undefined {
  const value = cookieValue(headers.cookie?.toString(), `${COOKIE}.${programme}`)
  return value && /^[\w-]{43}$/.test(value) ? value : undefined
}
