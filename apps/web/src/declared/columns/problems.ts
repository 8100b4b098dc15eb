import { Problem } from '../../api/problem.ts'
import type { Fault, Faults } from './draft.ts'

/**
 * What the server found wrong, by field: a refusal has a fault each (those of a part as
 * `member.2.idNumber`, counted from 1), a shape's fault its path (`body/values/rent`, `body/parts/member/0/name`).
 */
export function faultsOf(error: unknown): Faults {
  if (!(error instanceof Problem)) return {}
  const { code, params, faults } = error
  if (faults.length > 0)
    return Object.fromEntries(
      faults.map((each): [string, Fault] => [each.column, { key: each.code, params: plain(each.params) }]),
    )
  if (typeof params.column === 'string') return { [params.column]: { key: code, params: plain(params) } }
  if (code !== 'input.invalid' || !Array.isArray(params.fields)) return {}
  return Object.fromEntries(
    params.fields.flatMap((field: string): [string, Fault][] => {
      const place = placeOf(field)
      return place ? [[place, { key: 'value.type' }]] : []
    }),
  )
}

/** Whether what is wrong can be shown at fields. */
export const isPlaced = (error: unknown): boolean => Object.keys(faultsOf(error)).length > 0

function placeOf(field: string): string | undefined {
  const value = /^body\/?(?:values|form)\/(\w+)/.exec(field)
  if (value) return value[1]
  const part = /^body\/?parts\/(\w+)\/(\d+)\/(\w+)/.exec(field)
  return part ? `${part[1]}.${Number(part[2]) + 1}.${part[3]}` : undefined
}

const plain = (params: Problem['params']): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' ? value.join(', ') : value,
    ]),
  )
