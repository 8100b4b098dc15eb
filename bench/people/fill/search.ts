import { type Findable, keepTexts, searchFor } from '@silian/kernel/register/search.ts'
import { ok } from '@silian/kernel/result/result.ts'
import type { Filler, Size } from '../generate.ts'
import { PROGRAMME } from '../generate.ts'
import { shares } from './registers.ts'
import { CASES } from './work.ts'

interface Kind {
  readonly name: string
  readonly count: number
  readonly id: (i: number) => string
  readonly texts: (i: number) => readonly string[]
}

const code = (sign: string, i: number): string => `${sign}${String(i).padStart(8, '0')}`

/** The words that rows are found by: of few rows as the kernel keeps them, of the large registers in one statement. */
export async function names({ query, app }: Filler, { households }: Size): Promise<void> {
  await codes(query, 'household', 'G')
  await codes(query, 'visit', 'V')
  const kinds: Kind[] = [
    {
      name: 'supplier',
      count: households * shares.supplier,
      id: i => `supplier${i}`,
      texts: i => [`示范合作社${i}`, code('S', i)],
    },
    {
      name: 'base',
      count: households * shares.base,
      id: i => `base${i}`,
      texts: i => [`示范基地${i}`, code('B', i)],
    },
    {
      name: 'vending_point',
      count: households * shares.vendingPoint,
      id: i => `vending${i}`,
      texts: i => [`示范柜${i}`, code('P', i)],
    },
    {
      name: 'product',
      count: households / 400,
      id: i => `product${i}`,
      texts: i => [`示范果${i}`, `Fruit ${i}`],
    },
    {
      name: 'supplier_entry',
      count: households * CASES,
      id: i => `case${i}`,
      texts: i => [`示范入驻${i}`],
    },
  ]
  for (const kind of kinds) await keep(query, app, kind)
}

async function keep(query: Filler['query'], app: Filler['app'], kind: Kind): Promise<void> {
  for (let first = 1; first <= kind.count; first += 5000) {
    const last = Math.min(kind.count, first + 4999)
    const ids = await query(
      'select made($1 || i) as id from generate_series($2::int, $3::int) i order by i',
      [kind.id(0).slice(0, -1), first, last],
    )
    const rows = ids.map(
      ({ id }, i): Findable => ({ id: String(id), texts: kind.texts(first + i), parties: {} as never }),
    )
    await app.write({ programme: PROGRAMME, actor: 'bench' }, async tx => {
      await keepTexts(tx, kind.name, rows)
      return ok(null)
    })
  }
}

/** A letter and eight digits: the pieces are few, so each is hashed once. */
async function codes(query: Filler['query'], register: string, sign: string): Promise<void> {
  const letter = sign.toLowerCase()
  const digits = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'))
  const threes = [...digits, ...digits.slice(0, 100).map(two => `${letter}${two.slice(1)}`)]
  const starts = [letter, ...Array.from({ length: 10 }, (_, n) => `${letter}${n}`)]
  const pieces = [...threes, ...starts]
  await query('create temp table if not exists piece (text text primary key, n int)')
  await query('truncate piece')
  await query('insert into piece select * from unnest($1::text[], $2::int[])', [
    pieces,
    pieces.map(piece => searchFor(PROGRAMME, register, piece)!.pieces[0]),
  ])
  await query(
    `insert into register_search (programme_id, register, row_id, area_path, organisation_ids, words, pieces)
     select r.programme_id, '${register}', r.id, r.area_path, '{}', ' ' || lower(r.code),
       array(select p.n from unnest(array[left(lower(r.code), 1), left(lower(r.code), 2), substr(lower(r.code), 1, 3),
         substr(lower(r.code), 2, 3), substr(lower(r.code), 3, 3), substr(lower(r.code), 4, 3), substr(lower(r.code), 5, 3),
         substr(lower(r.code), 6, 3), substr(lower(r.code), 7, 3)]) t (text) join piece p using (text))
       from ${register} r where r.programme_id = $1 and r.code ~ '^${sign}[0-9]{8}$'`,
    [PROGRAMME],
  )
}
