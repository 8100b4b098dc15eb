import type { z } from 'zod'

/** What a route takes and gives. Types only: zod itself stays out of the bundle, the server does the checking. */
interface Shape {
  query?: unknown
  body?: unknown
  answer: unknown
}

/** `command` routes need an idempotency key. */
export interface Route<P extends string = string, S extends Shape = Shape, C extends boolean = boolean> {
  readonly method: 'GET' | 'POST'
  readonly path: P
  readonly command: C
  readonly shape?: S
}

export type In<T extends z.ZodType> = z.input<T>
export type Out<T extends z.ZodType> = z.output<T>

export const get =
  <S extends Shape>() =>
  <const P extends string>(path: P): Route<P, S, false> => ({ method: 'GET', path, command: false })

export const post =
  <S extends Shape>() =>
  <const P extends string>(path: P): Route<P, S, false> => ({ method: 'POST', path, command: false })

export const command =
  <S extends Shape>() =>
  <const P extends string>(path: P): Route<P, S, true> => ({ method: 'POST', path, command: true })
