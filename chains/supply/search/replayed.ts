/** What a generator makes, made once and only as far as somebody asked; where that failed, it is begun again. */
export class Replayed<T> implements AsyncIterable<T> {
  readonly #begin: () => AsyncGenerator<T>
  #making: AsyncGenerator<T> | undefined
  #made: Promise<IteratorResult<T>>[] = []

  constructor(begin: () => AsyncGenerator<T>) {
    this.#begin = begin
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (let at = 0; ; at++) {
      const next = await this.#at(at)
      if (next.done) return
      yield next.value
    }
  }

  async #at(at: number): Promise<IteratorResult<T>> {
    this.#making ??= this.#begin()
    while (this.#made.length <= at) this.#made.push(this.#making.next())
    try {
      return await this.#made[at]!
    } catch (error) {
      this.#making = undefined
      this.#made = []
      throw error
    }
  }
}
