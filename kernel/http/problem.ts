import type { Refusal, RefusalParams } from '../result/result.ts'
import type { Problem } from './shapes.ts'

/** Codes whose last word settles the status; every other refusal is a conflict with how things stand. */
const statusOf: readonly (readonly [RegExp, number])[] = [
  [/^sign_in\.(required|wrong)$/, 401],
  [/\.locked$|^(search|shop)\.too_many$/, 429],
  [/\.forbidden$|\.foreign_origin$/, 403],
  [/\.not_found$/, 404],
  [/^input\.|^idempotency\.missing$|\.malformed$/, 400],
  [/^idempotency\.mismatch$/, 422],
  [/\.forged$/, 401],
  [/\.too_large$/, 413],
  [/^server\.busy$|^log\.halted$/, 503],
]

export const httpStatus = (code: string): number =>
  statusOf.find(([pattern]) => pattern.test(code))?.[1] ?? 409

export const problemOf = (refusal: Refusal, requestId: string): Problem => ({
  ...problemFrom(httpStatus(refusal.code), refusal.code, refusal.params, requestId),
  ...(refusal.faults && { faults: refusal.faults.map(each => ({ ...each, params: paramsOf(each.params) })) }),
})

/** The text for people is made at the edge from code and params; `title` is for those who read the wire. */
export const problemFrom = (
  status: number,
  code: string,
  params: RefusalParams,
  requestId: string,
): Problem => ({
  type: 'about:blank',
  title: code,
  status,
  code,
  params: paramsOf(params),
  requestId,
})

const paramsOf = (params: RefusalParams): Problem['params'] =>
  Object.fromEntries(Object.entries(params).map(([k, v]) => [k, typeof v === 'object' ? [...v] : v]))
