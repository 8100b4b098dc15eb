import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'

/**
 * The point that an order is placed by, of those its clerk serves. Refuses `organisation.not_found` for one they do not
 * serve, `proxy.point_needed` where they serve several and named none.
 */
export function pointOf(
  served: readonly string[],
  named: string | undefined,
): Result<string, 'organisation.not_found' | 'proxy.point_needed'> {
  const point = named ?? served[0]
  if (point === undefined || !served.includes(point)) return refuse('organisation.not_found')
  return named === undefined && served.length > 1 ? refuse('proxy.point_needed') : ok(point)
}
