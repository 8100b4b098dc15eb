export type ProblemParams = Readonly<Record<string, string | number | readonly string[]>>

/** One value that is wrong: where (`member.2.idNumber`, parts counted from 1), and why. */
export interface ProblemFault {
  readonly column: string
  readonly code: string
  readonly params: ProblemParams
}

/** A failure with a code of the message files; what the server said, or what stood between us and it. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: string
  readonly status: number
  readonly params: ProblemParams
  readonly requestId: string | undefined
  readonly faults: readonly ProblemFault[]

  constructor(
    code: string,
    status: number,
    params: ProblemParams = {},
    requestId?: string,
    faults: readonly ProblemFault[] = [],
  ) {
    super(code)
    this.code = code
    this.status = status
    this.params = params
    this.requestId = requestId
    this.faults = faults
  }

  /** Reads problem+json; anything else becomes `server.unknown`. */
  static of(body: unknown, status: number): Problem {
    const { code, params, requestId, faults } = (body ?? {}) as Partial<Problem>
    if (typeof code !== 'string') return new Problem('server.unknown', status)
    return new Problem(code, status, params ?? {}, requestId, faults)
  }
}

/** Whatever was thrown, as a problem: an error of our own program is `page.broken`. */
export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('page.broken', 0)

/** Only what may go better by itself is worth another try. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500)
