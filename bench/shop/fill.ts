import { hash } from 'node:crypto'
import { hashSecret } from '@silian/kernel/access/clients.ts'
import { asOwner } from '../stand.ts'

export const PROGRAMME = 'shenzhen'

export interface ShopSize {
  readonly offers: number
  readonly sellers: number
  readonly buyers: number
}

/** Ids that the baselines write without asking, by a letter of the kind and a number. */
const made = (kind: string, n: string): string =>
  `('0${kind}000000-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

export const idOf = (kind: 'a' | 'b' | 'c' | 'd' | 'e' | 'f', n: number): string =>
  `0${kind}000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

/** The key of a buyer's machine. */
export const secretOf = (n: number): string => `sln_${hash('sha256', `buyer ${n}`, 'base64url')}`

/**
 * Sellers (a), offers (b) with a lot (c) each, ten products (d) a seller, and units (e) that buy, each with a confirmed
 * declaration (f), its budget and a key. What the checkout reads and writes is as in use; nothing is told in the log.
 */
export async function fillShop(
  superuser: Parameters<typeof asOwner>[0],
  { offers, sellers, buyers }: ShopSize,
): Promise<void> {
  await asOwner(superuser, async query => {
    // no checks of foreign keys, which would take longer than everything else
    await query('set session_replication_role = replica')
    await query('set synchronous_commit = off')
    for (const [kind, type, count] of [
      ['a', 'cooperative', sellers],
      ['e', 'budget_unit', buyers],
    ] as const)
      await query(
        `insert into organisation (programme_id, id, key, name_zh, name_en, type, area_code, valid_from, recorded_at, invented)
         select $1, ${made(kind, 'i')}, $2 || '-' || i, '示范' || i, 'Made ' || i, $3,
           case $2 when 'a' then '451003' else '440304' end, '2020-01-01', now(), true from generate_series(1, $4::int) i`,
        [PROGRAMME, kind, type, count],
      )
    await query(
      `insert into product (programme_id, id, key, name_zh, name_en, class, county_code, area_path, cooperative_id, unit,
         story_zh, story_en, source, recognised_from, recognised_to, created_at)
       select $1, ${made('d', 'i')}, 'shop-' || i, c.name_zh || i, c.name_en || ' ' || i, c.path,
         case i % 2 when 0 then '451003' else '451028' end, '45/4510/451003', ${made('a', '1 + i % $3::int')}, 'g', '', '',
         'bench', '2025-01-01', '2030-01-01', now()
       from generate_series(1, 10 * $3::int) i
       join (select c.*, row_number() over (order by path) - 1 as n, count(*) over () as all from produce_class c where level = 3) c
         on c.n = i % c.all where $2::int > 0`,
      [PROGRAMME, offers, sellers],
    )
    await query(
      `insert into lot (programme_id, id, code, product_id, cooperative_id, harvested_on, quantity, own_quantity, households, created_at)
       select $1, ${made('c', 'i')}, 'B' || i, ${made('d', '1 + i % (10 * $3::int)')}, ${made('a', '1 + (1 + i % (10 * $3::int)) % $3::int')},
         current_date, 1000000000000, 1000000000000, 0, now() from generate_series(1, $2::int) i`,
      [PROGRAMME, offers, sellers],
    )
    await query(
      `insert into offer (programme_id, id, version, state, product_id, seller_id, lot_id, spec_zh, spec_en, per_piece,
         price_fen, ship_days, net_grams, created_at)
       select $1, ${made('b', 'i')}, 1, 'listed', l.product_id, l.cooperative_id, l.id, '5 斤装', '2.5 kg', 2500,
         2000 + i % 9000, 7, 2500, now()
       from generate_series(1, $2::int) i join lot l on l.programme_id = $1 and l.id = ${made('c', 'i')}`,
      [PROGRAMME, offers],
    )
    await query(
      `insert into ledger_account (programme_id, account, unit, kind, balance, opened_at)
       select programme_id, 'stock/lot/' || id, 'g', 'ceiling', quantity, now() from lot where programme_id = $1 and code like 'B%'`,
      [PROGRAMME],
    )
    await query(
      `insert into declaration (programme_id, id, unit_id, year, rule_id, kind, base_fen, reserved_fen, state, area_path, declared_at)
       select $1, ${made('f', 'i')}, ${made('e', 'i')}, extract(year from now()), r.id, 'own', 1, 1, 'confirmed', '44/4403/440304', now()
       from generate_series(1, $2::int) i, (select id from quota_rule where programme_id = $1 limit 1) r`,
      [PROGRAMME, buyers],
    )
    await query(
      `insert into ledger_account (programme_id, account, unit, kind, balance, opened_at)
       select $1, 'budget/declaration/' || ${made('f', 'i')}, 'fen', 'ceiling', 1000000000000000, now() from generate_series(1, $2::int) i`,
      [PROGRAMME, buyers],
    )
    await query(
      `insert into api_client (programme_id, id, name, kind, organisation_id, role, scopes, secret_hash, created_at)
       select $1, ${made('f', 'i')}, 'bench', 'client', ${made('e', 'i')}, 'buyer', '{*}', ($3::bytea[])[i], now()
       from generate_series(1, $2::int) i`,
      [PROGRAMME, buyers, Array.from({ length: buyers }, (_, i) => hashSecret(secretOf(i + 1)))],
    )
    await query('vacuum analyze')
  })
}
