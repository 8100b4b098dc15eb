import { uuidArray } from '@silian/kernel/database/array.ts'
import type { Database } from '@silian/kernel/database/database.ts'
import { ProgrammeGroups } from '@silian/kernel/database/group.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { Offer } from '../catalogue/contract.ts'
import { type OfferRow, offerOf, ownColumns, selectOffers } from '../catalogue/rows.ts'
import { Once } from './once.ts'
import { writings } from './written.ts'

/** A card is shown as it was about so long ago, unless the index was written; what is left of the goods is asked again where they are bought. */
const CARD_MS = 3000
/** Kept at once, of some two kilobytes each. */
const MOST = 10_000
/** Statements under way at once. */
const FLIGHTS = 2

/** Planned once, however many offers it is of. */
const select = selectOffers(
  `select ${ownColumns} from offer o
    where o.programme_id = $1 and o.id = any((select $3::uuid[])::uuid[]) and o.state = 'listed'`,
)

/** Offers as lists show them: the same ones come again and again, and those of several lists are read in one statement. */
export class Cards {
  readonly #kept = new Once(MOST)
  readonly #reads: ProgrammeGroups<string, Offer | undefined>

  constructor(database: Database) {
    this.#reads = new ProgrammeGroups(programme => ({
      flights: FLIGHTS,
      run: ids =>
        database.look({ programme, actor: 'public' }, async tx => {
          const values = [programme, dateOf(tx.at), uuidArray([...new Set(ids)])]
          const rows = await tx.query<OfferRow>(select, values, 'shop-cards')
          const found = new Map(rows.map(row => [row.id, offerOf(row)]))
          return ids.map(id => found.get(id))
        }),
    }))
  }

  /** In the order of the ids, as the index is written; one that is withdrawn is undefined. */
  of(programme: string, revision: number, ids: readonly string[]): Promise<(Offer | undefined)[]> {
    const state = `${programme} ${revision} ${writings(programme)}`
    return Promise.all(
      ids.map(id => this.#kept.of(`${state} ${id}`, CARD_MS, () => this.#reads.submit(programme, id))),
    )
  }
}
