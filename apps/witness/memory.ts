import { DatabaseSync } from 'node:sqlite'

/** The largest tree that was cosigned of a log. */
export interface Remembered {
  readonly size: number
  /** Root hash, base64. */
  readonly root: string
  /** The checkpoint with the signatures of its log and of this witness. */
  readonly note: string
}

/**
 * What a witness must never forget: for each log the last tree it cosigned. SQLite, because a step is atomic and durable
 * before it returns, for several processes too.
 */
export class Memory {
  readonly #db: DatabaseSync

  constructor(file: string) {
    this.#db = new DatabaseSync(file, { timeout: 10_000 })
    this.#db.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      create table if not exists seen (
        origin text primary key, size integer not null, root text not null, note text not null, at integer not null
      ) strict`)
  }

  /** The last tree of a log; undefined of one that was never cosigned. */
  of(origin: string): Remembered | undefined {
    const row = this.#db.prepare('select size, root, note from seen where origin = ?').get(origin)
    return row && { size: Number(row.size), root: String(row.root), note: String(row.note) }
  }

  /** The newest checkpoint of the log whose origin has this SHA-256, for monitors. */
  all(): { origin: string; note: string }[] {
    const rows = this.#db.prepare('select origin, note from seen order by origin').all()
    return rows.map(row => ({ origin: String(row.origin), note: String(row.note) }))
  }

  /** Goes on from the tree of `before`; false when another step was faster, and nothing was done. */
  step(origin: string, before: Remembered | undefined, next: Remembered, at: number): boolean {
    const { changes } = this.#db
      .prepare(
        `insert into seen (origin, size, root, note, at) values ($origin, $size, $root, $note, $at)
         on conflict (origin) do update set size = $size, root = $root, note = $note, at = $at
         where seen.size = $before and seen.root = $beforeRoot`,
      )
      .run({
        ...{ $origin: origin, $size: next.size, $root: next.root, $note: next.note, $at: at },
        ...{ $before: before?.size ?? -1, $beforeRoot: before?.root ?? '' },
      })
    return changes === 1
  }

  close(): void {
    this.#db.close()
  }
}
