import type { Role } from '@silian/kernel/access/roles.ts'
import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import type { Programme } from '../../api/access.ts'
import { yearOf } from '../../i18n/format.ts'
import { useMember } from '../../session/me.ts'
import { hasRole } from '../../session/roles.ts'

/** The dimension in which those who answer for an area find it: goods by their county, quotas by their district. */
const own: Readonly<Partial<Record<Role, string>>> = {
  county_officer: 'county',
  district_officer: 'district',
}
const everywhere: readonly Role[] = ['task_force', 'finance_officer', 'auditor']

/** What a card narrows its metric to. */
export interface Narrowed {
  readonly where: Readonly<Record<string, string>>
  /** The year that it tells, of what is kept by years. */
  readonly year: string | undefined
  /** Whose figure it is, where the reader answers for an area. */
  readonly scope: 'own' | 'all' | undefined
}

type Member = Pick<Programme, 'roles'> | undefined

/** A reader's own area, where the metric is told by it, and of what each year has anew, this year's. */
export function narrowedTo(
  { dimensions, open }: Pick<MetricShape, 'dimensions' | 'open'>,
  member: Member,
  thisYear: number,
): Narrowed {
  const has = (name: string): boolean => dimensions.some(each => each.name === name)
  const year = has('year') ? String(thisYear) : undefined
  const areas = areasOf(member)
  const area = areas.find(({ dimension }) => has(dimension))
  return {
    where: { ...(year ? { year } : {}), ...(area ? { [area.dimension]: area.code } : {}) },
    year,
    scope: area ? 'own' : areas.length > 0 && open ? 'all' : undefined,
  }
}

function areasOf(member: Member): { dimension: string; code: string }[] {
  if (hasRole(member, ...everywhere)) return []
  return (member?.roles ?? []).flatMap(({ role, areaPath }) => {
    const dimension = own[role]
    const code = areaPath?.split('/').at(-1)?.padEnd(6, '0')
    return dimension && code ? [{ dimension, code }] : []
  })
}

/** For the reader of the page, today. */
export function useNarrowed(): (shape: MetricShape) => Narrowed {
  const member = useMember()
  return shape => narrowedTo(shape, member, yearOf(new Date()))
}
