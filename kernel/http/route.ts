import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Reach } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import type { Command } from '../database/command.ts'
import type { Scope } from '../database/database.ts'
import type { Result } from '../result/result.ts'

type Shape = z.ZodType
type Out<S> = S extends Shape ? z.output<S> : undefined

/** What a handler is given: the input as its contract promises, who asks, and how far that action reaches for them. */
export interface Call<P, Q, B> {
  readonly principal: Principal
  readonly reach: Reach
  readonly scope: Scope
  readonly params: Out<P>
  readonly query: Out<Q>
  readonly body: Out<B>
  /** The bytes of a `raw` route's request, not yet read; the command's input does not tell them. */
  readonly raw: Readable
  /** The type that was declared for them, without its parameters. */
  readonly rawType: string
  /** What its sender calls it, from `x-file-name`, percent-encoded: a name may tell who is in it, and addresses are kept. */
  readonly rawName: string | undefined
  readonly requestId: string
  /** The network's side of it: whence it was sent, and the headers that a message's own signature stands in. */
  readonly asked: {
    readonly address: string
    readonly headers: Readonly<Record<string, string | string[] | undefined>>
  }
  /** The idempotency key with the name and input it stands for; only for POST. */
  readonly command: Command
}

/** One operation of the programme's API, below `/api/v1/p/:programme`. */
export interface RouteSpec<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
  A extends Shape,
> {
  readonly method: 'GET' | 'POST'
  readonly path: `/${string}`
  /** The action of the permission table that opens this route. */
  readonly action: string
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly answer: A
  /** What is sent are bytes of any type; whoever reads them keeps to a limit of their own. */
  readonly raw?: boolean
  /** The answer is a file: `answer` is `fileAnswer`. */
  readonly stream?: boolean
  /** Asked so often that who asks may have been looked up some seconds ago: for what only asks and is decided later. */
  readonly often?: boolean
  /** Many askers may be given the same object, which is never changed: it is written as JSON once. */
  readonly shared?: boolean
  /** A message whose own signature makes it once-only needs no idempotency key. */
  readonly keyless?: boolean
  /** The `set-cookie` lines that go with an answer; told of what was handled, not of what is shown of it. */
  readonly cookies?: (value: never) => string[]
  readonly handle: (call: Call<P, Q, B>) => Promise<Result<z.input<A>>>
}

/** A route whose types have served their purpose: they were checked where it was written. */
export interface Route
  extends Omit<RouteSpec<Shape, Shape, Shape, Shape>, 'handle' | 'params' | 'query' | 'body'> {
  readonly params?: Shape | undefined
  readonly query?: Shape | undefined
  readonly body?: Shape | undefined
  readonly handle: (call: Call<Shape, Shape, Shape>) => Promise<Result<unknown>>
}

export const route = <
  A extends Shape,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(
  spec: RouteSpec<P, Q, B, A>,
): Route => spec as unknown as Route
