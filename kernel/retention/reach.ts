import { uuidArray } from '../database/array.ts'
import type { Reader } from '../database/database.ts'
import type { Register } from '../register/define.ts'
import { tableOf } from '../register/table.ts'
import { type Erasable, toldWith } from './kit.ts'

/** The rows that tell of these people: their own, those that ended in its favour, and those of registers about them. */
export interface Reached {
  readonly register: Register
  /** The row that was asked about, then the others. */
  readonly ids: readonly string[]
  readonly told: readonly { readonly register: Register; readonly ids: readonly string[] }[]
}

export const registersOf = ({ register, told }: Reached): Register[] => [
  register,
  ...told.map(({ register: other }) => other),
]

/** Holds all of them until the transaction ends: whoever names or changes one comes before, or finds it gone. */
export async function reach(
  tx: Reader,
  erasable: Erasable,
  register: Register,
  row: string,
): Promise<Reached> {
  // first, so that nothing is merged into it meanwhile
  await hold(tx, register, [row])
  const ids = await lineOf(tx, register, row)
  await hold(tx, register, ids)
  const told = []
  for (const { register: other, column } of toldWith(erasable, register)) {
    const found = await tx.query<{ id: string }>(
      `select id from ${other.name} where programme_id = $1 and ${columnIn(other, column)} = any($2::uuid[]) order by id for update`,
      [tx.programme, uuidArray(ids)],
    )
    told.push({ register: other, ids: found.map(({ id }) => id) })
  }
  return { register, ids, told }
}

const columnIn = (register: Register, name: string): string => tableOf(register).field.get(name)!.column

const hold = (tx: Reader, register: Register, ids: readonly string[]) =>
  tx.query(
    `select 1 from ${register.name} where programme_id = $1 and id = any($2::uuid[]) order by id for update`,
    [tx.programme, uuidArray(ids)],
  )

/**
 * The row and those that ended in its favour alone, however often. One that was split is others' too: it goes with the
 * last of those that it was split into.
 */
async function lineOf(tx: Reader, register: Register, row: string): Promise<string[]> {
  const ids = [row]
  for (;;) {
    const found = await tx.query<{ id: string }>(
      `select distinct s.from_id as id from register_succession s
        where s.programme_id = $1 and s.register = $2 and s.to_id = any($3::uuid[]) and s.from_id <> all($3::uuid[])
          and not exists (select from register_succession o
            where o.programme_id = $1 and o.register = $2 and o.from_id = s.from_id and o.to_id <> all($3::uuid[])
              and not exists (select from subject_key k
                where k.programme_id = $1 and k.subject_id = o.to_id::text and k.sealed_key is null))
        order by id`,
      [tx.programme, register.name, uuidArray(ids)],
    )
    if (found.length === 0) return ids
    ids.push(...found.map(({ id }) => id))
  }
}
