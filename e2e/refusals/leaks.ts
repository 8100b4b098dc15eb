import { expect, it } from 'vitest'
import { worldPassword } from '../small-world.ts'
import type { Ground } from './ground.ts'

/** What the small world's people are known by, whole or in part. */
const personal = [
  ...['示例甲', '示例乙', '示例丙', '示例coop', '示例admin'],
  ...['9999991980', '9999991970', '62220000000', '10000000000', '10000000001', '10000000002'],
  ...['a stated purpose', worldPassword],
]
/** What else was sent, in fields of every kind. */
const typed = ['13812341234', '110101199001011234']

/** Comes last: every request of the other tests has left its trace by now. */
export function leaks(at: () => Ground): void {
  const secrets = () => [
    at().stage.clientSecret,
    ...[...at().signedIn.values()].flatMap(({ cookie }) => (cookie ? [cookie.split('=')[1]!] : [])),
  ]

  it('the log holds requests, and nothing personal or secret', () => {
    const lines = at()
      .logged.join('')
      .replace(/"responseTime":[\d.]+/g, '')
    expect(at().logged.length).toBeGreaterThan(1000)
    expect(lines).toContain('/api/v1/p/shenzhen/registers/household')
    expect([...personal, ...typed, ...secrets()].filter(word => lines.includes(word))).toEqual([])
    expect(lines).not.toMatch(/\?[a-z]+=/)
  })

  it('nothing failed that should have been refused', () => {
    expect(at().logged.filter(line => JSON.parse(line).level >= 50)).toEqual([])
  })

  it('/metrics holds nothing personal or secret', async () => {
    const { text } = await at().http({ method: 'GET', path: '/metrics' })
    expect([...personal, ...typed, ...secrets()].filter(word => text.includes(word))).toEqual([])
  })

  it('the public log and the change feed hold nothing personal', async () => {
    const rows = await at().db.owner<{ entry: string }>(
      `select convert_from(entry, 'UTF8') as entry from fact`,
    )
    const entries = rows.map(row => row.entry).join('\n')
    expect(rows.length).toBeGreaterThan(200)
    expect([...personal, ...typed].filter(word => entries.includes(word))).toEqual([])
  })

  it('tables hold personal values only sealed, and sessions no address', async () => {
    const tables = await at().db.owner<{ ident: string }>(
      `select format('%I.%I', schemaname, tablename) as ident from pg_tables where schemaname in ('public', 'auth')`,
    )
    for (const { ident } of tables) {
      const [row] = await at().db.owner<{ held: string | null }>(
        `select string_agg(t::text, E'\\n') as held from ${ident} t`,
      )
      const found = personal.filter(word => row!.held?.includes(word))
      // the reason for a look is told in the records of access: that is what they are for
      expect([ident, found]).toEqual([ident, ident === 'public.access_audit' ? ['a stated purpose'] : []])
    }
    expect(await at().db.owner('select 1 from auth.session where ip_address <> $1', [''])).toEqual([])
  })
}
