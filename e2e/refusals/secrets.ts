import type { TestDatabase } from '@silian/kernel/testing/test-database.ts'
import { expect } from 'vitest'
import type { Answer } from './asker.ts'
import type { Shot } from './requests.ts'
import type { Stage, Standing } from './stage.ts'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** What an answer may not hold: of persons, of the other side, of the other programme. */
export class Secrets {
  /** Every id of the two programmes. */
  readonly #ids: Readonly<Record<'first' | 'second', ReadonlySet<string>>>
  readonly #stage: Stage

  private constructor(stage: Stage, first: ReadonlySet<string>, second: ReadonlySet<string>) {
    this.#stage = stage
    this.#ids = { first, second }
  }

  static async of(db: TestDatabase, stage: Stage): Promise<Secrets> {
    const [first, second] = await Promise.all(
      [stage.own, stage.foreign].map(side => idsOf(db, side.world.programme)),
    )
    return new Secrets(stage, first!, second!)
  }

  /** A refusal is a problem that repeats nothing but what its asker said himself. */
  assertSilent({ status, text, type, body }: Answer, shot: Shot, action: string): void {
    expect(type).toContain('application/problem+json')
    // a form's faults name its columns; ids in them are looked for below, as in the whole text
    const keys = Object.keys(body).filter(key => key !== 'faults' || body.code !== 'form.invalid')
    expect(keys.sort()).toEqual(['code', 'params', 'requestId', 'status', 'title', 'type'])
    expect([body.status, body.type, body.title]).toEqual([status, 'about:blank', body.code])
    const said = `${shot.path} ${JSON.stringify(shot.body ?? '')} ${action} holder key log`
    const told = Object.values(body.params as object)
      .flat()
      .map(String)
    expect(told.filter(value => !said.includes(value))).toEqual([])
    expect(
      [...words(this.#stage.own), ...words(this.#stage.other)].filter(
        word => told.join().includes(word) && !said.includes(word),
      ),
    ).toEqual([])
    expect((text.match(UUID) ?? []).filter(id => this.#has(id) && !said.includes(id))).toEqual([])
  }

  #has = (id: string): boolean => this.#ids.first.has(id) || this.#ids.second.has(id)

  /** An answer holds ids of its own programme only, and for those bound to a side nothing of the other side. */
  assertOnly({ text }: Answer, within: 'own' | 'programme' | 'foreign'): void {
    const alien = within === 'foreign' ? this.#ids.first : this.#ids.second
    expect((text.match(UUID) ?? []).filter(id => alien.has(id))).toEqual([])
    if (within === 'own') expect(words(this.#stage.other).filter(word => text.includes(word))).toEqual([])
  }
}

async function idsOf(db: TestDatabase, programme: string): Promise<Set<string>> {
  const columns = await db.owner<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c
     join information_schema.columns p on p.table_schema = 'public' and p.table_name = c.table_name and p.column_name = 'programme_id'
     where c.table_schema = 'public' and c.udt_name = 'uuid'`,
  )
  const each = columns.map(
    ({ table, column }) => `select "${column}"::text as id from public."${table}" where programme_id = $1`,
  )
  const rows = await db.owner<{ id: string }>(each.join(' union '), [programme])
  return new Set(rows.map(row => row.id))
}

/** Ids, names and codes by which a side is known. */
function words(side: Standing): string[] {
  const { world, signer: _, orders, registers, cases, ...ids } = side
  const values = Object.values(ids).filter(value => typeof value === 'string')
  const first = side.village === '451003901001'
  const names = first
    ? ['HH-1', 'HH-2', '示范芒果合作社', '百色芒果', '示范第一机关', '示范村']
    : ['HH-3', '示范猕猴桃合作社', '高原猕猴桃', '示范第二机关', '山村']
  const rows = Object.values(registers).flatMap(({ row, second }) => [row, second])
  return [...values, ...Object.values(orders), ...rows, ...Object.values(cases.opened), cases.task, ...names]
}
