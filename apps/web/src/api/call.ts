import { type RouteName, type Routes, routes } from './routes.ts'
import { type AnswerOf, type OptionsOf, send } from './send.ts'

export type Options<N extends RouteName> = OptionsOf<Routes[N]>
export type Answer<N extends RouteName> = AnswerOf<Routes[N]>

/** Calls one route of the API by its name. */
export const call = <N extends RouteName>(name: N, options: Options<N>): Promise<Answer<N>> =>
  send(routes[name] as Routes[N], options)
