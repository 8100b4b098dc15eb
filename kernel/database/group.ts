export interface GroupOptions<Item, Answer> {
  /** Does a batch in one transaction; its answers stand in the places of the items. Must bear being given an item again. */
  readonly run: (items: readonly Item[]) => Promise<readonly Answer[]>
  /** Items in a batch, 500 if left out. */
  readonly most?: number
  /** Batches in flight at once, 1 if left out: with two the one is made while the other is written. */
  readonly flights?: number
}

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly answer: PromiseWithResolvers<Answer>
}

/**
 * Group commit without waiting: while as many batches as may be are in flight the next gathers, and goes as soon as one is done. An
 * idle group sends what comes at once; a busy one pays for a commit once a batch. A batch that errors is done again one
 * by one, so that one bad item fails alone.
 */
export class Group<Item, Answer> {
  readonly #run: GroupOptions<Item, Answer>['run']
  readonly #most: number
  readonly #flights: number
  readonly #flying = new Set<Promise<void>>()
  #waiting: Waiting<Item, Answer>[] = []
  #last = 0
  #closed = false

  constructor({ run, most = 500, flights = 1 }: GroupOptions<Item, Answer>) {
    this.#run = run
    this.#most = most
    this.#flights = flights
  }

  /** The item's own answer, once its batch is committed. */
  submit(item: Item): Promise<Answer> {
    if (this.#closed) return Promise.reject(new Error('the group is closed'))
    const answer = Promise.withResolvers<Answer>()
    this.#waiting.push({ item, answer })
    if (this.#flying.size < this.#flights && this.#isDue(this.#flying.size)) this.#begin()
    return answer.promise
  }

  /** Takes nothing more, and waits until all that was taken is answered. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#flying)
  }

  #begin(): void {
    const flight: Promise<void> = this.#fly(() => this.#flying.delete(flight))
    this.#flying.add(flight)
  }

  /** Beside another batch only as many as the last held: two flights are to overlap, not to halve what goes together. */
  #isDue(others: number): boolean {
    return others === 0 || this.#waiting.length >= this.#last
  }

  async #fly(landed: () => void): Promise<void> {
    // what is submitted in the same turn of the loop goes together
    await Promise.resolve()
    while (this.#waiting.length > 0 && this.#isDue(this.#flying.size - 1)) {
      const batch = this.#waiting.splice(0, this.#most)
      this.#last = batch.length
      await this.#send(batch)
    }
    // in the same turn that found nothing to do: whoever comes later begins a flight, or another in the air takes them
    landed()
  }

  async #send(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#run(batch.map(({ item }) => item))
      batch.forEach(({ answer }, i) => {
        answer.resolve(answers[i]!)
      })
    } catch (error) {
      if (batch.length === 1) batch[0]!.answer.reject(error)
      else for (const single of batch) await this.#send([single])
    }
  }
}

/** A group for each programme: what one transaction holds is of one programme. */
export class ProgrammeGroups<Item, Answer> {
  readonly #groups = new Map<string, Group<Item, Answer>>()
  readonly #make: (programme: string) => GroupOptions<Item, Answer>

  constructor(make: (programme: string) => GroupOptions<Item, Answer>) {
    this.#make = make
  }

  submit(programme: string, item: Item): Promise<Answer> {
    const group = this.#groups.get(programme) ?? new Group(this.#make(programme))
    this.#groups.set(programme, group)
    return group.submit(item)
  }

  /** Takes nothing more, and waits until everybody is answered. */
  async close(): Promise<void> {
    await Promise.all([...this.#groups.values()].map(group => group.close()))
  }
}
