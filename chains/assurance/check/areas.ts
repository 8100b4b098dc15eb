import type { Reader } from '@silian/kernel/database/database.ts'

interface AreaRow {
  readonly code: string
  readonly path: string
  readonly parent_code: string | null
  readonly level: string
}

const places: Readonly<Record<string, number>> = {
  province: 2,
  prefecture: 4,
  county: 6,
  township: 9,
  village: 12,
}

/** The paths that rows of an area may bear: today's, and the one by its own code from before it was replaced. */
export class Areas {
  readonly #rows = new Map<string, AreaRow>()

  pathsOf(code: string): string[] {
    const row = this.#rows.get(code)
    return row ? [...new Set([row.path, this.#ownPath(row)])] : []
  }

  /** Reads the areas of these codes and all above them. Areas are reference data of all programmes. */
  static async read(tx: Reader, codes: Iterable<string>): Promise<Areas> {
    const areas = new Areas()
    for (let wanted = [...new Set(codes)]; wanted.length > 0; ) {
      const rows = await tx.query<AreaRow>(
        'select code, path, parent_code, level from area where code = any($1::text[])',
        [wanted],
      )
      for (const row of rows) areas.#rows.set(row.code, row)
      wanted = [...new Set(rows.map(row => row.parent_code))].filter(
        code => code !== null && !areas.#rows.has(code),
      ) as string[]
    }
    return areas
  }

  #ownPath(row: AreaRow): string {
    const step = row.code.slice(0, places[row.level])
    const parent = row.parent_code === null ? undefined : this.#rows.get(row.parent_code)
    return parent ? `${this.#ownPath(parent)}/${step}` : step
  }
}
