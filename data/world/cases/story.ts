/** What somebody does to a case, so many days before the present. */
export type Step =
  | {
      readonly ago: number
      readonly state: string
      readonly outcome: string
      readonly note?: string
      /** Of a score sheet: this share of the points. */
      readonly points?: number
      /** Of a panel: so many of its members have filled in their sheets; default all. */
      readonly seats?: number
    }
  | Objection

/** A citizen objects while the case hangs out. */
export interface Objection {
  readonly ago: number
  readonly object: string
}

/** A case from its application on: what is not told has not happened yet. */
export interface Story {
  readonly process: 'supplier_entry' | 'recognition' | 'base_recognition' | 'shenzhen_mark'
  /** The organisation that applies; or the product or base that it is about. */
  readonly of: string
  readonly ago: number
  readonly steps: readonly Step[]
}

export type Told = readonly [
  ago: number,
  state: string,
  outcome: string,
  more?: { note?: string; points?: number; seats?: number },
]

export const story = (
  process: Story['process'],
  of: string,
  ago: number,
  ...told: readonly Told[]
): Story => ({
  ...{ process, of, ago },
  steps: told.map(([days, state, outcome, more]) => ({ ago: days, state, outcome, ...more })),
})

export const objected = (told: Story, objection: Objection): Story => ({
  ...told,
  steps: [...told.steps, objection],
})
