/** The outcome of a command that may be refused for a reason its caller is expected to handle. */
export type Result<T, C extends string = string> = Ok<T> | Refusal<C>

export interface Ok<T> {
  readonly ok: true
  readonly value: T
}

/** An expected failure: a code from the message files and the values its text needs. Never personal values. */
export interface Refusal<C extends string = string> {
  readonly ok: false
  readonly code: C
  readonly params: RefusalParams
  /** Each value that is wrong, where the refusal is of several. */
  readonly faults?: readonly Fault[]
}

/** What is wrong with one value: where, as `code` or `member.2.idNumber` (parts count from 1), and why. */
export interface Fault {
  readonly column: string
  readonly code: string
  readonly params: RefusalParams
}

export type RefusalParams = Readonly<Record<string, string | number | readonly string[]>>

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value })

export const refuse = <C extends string>(code: C, params: RefusalParams = {}): Refusal<C> => ({
  ok: false,
  code,
  params,
})

/** Thrown inside a transaction to roll it back with an expected refusal; the edge maps it to a problem answer. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal

  constructor(code: string, params: RefusalParams = {}) {
    super(code)
    this.refusal = refuse(code, params)
  }
}

/** The value of an outcome, or a throw of its refusal. For callers that cannot go on without it. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Refused(result.code, result.params)
}
