import type { FormDraft } from '../../declared/register/form.tsx'

/** What of the shop's filters a rule sets. */
export interface EnteringRule {
  readonly county?: string
  readonly class?: string
  readonly mark?: string
  readonly recognised?: 'true'
}

/** The filters that find what would enter by a draft; undefined where nothing enters by its register, or it says too little. */
export function enteringRule(register: string, { values, parts }: FormDraft): EnteringRule | undefined {
  if (register === 'flagship') {
    const { countyCode, class: path } = values
    return typeof countyCode === 'string' &&
      countyCode.length === 6 &&
      typeof path === 'string' &&
      path !== ''
      ? { county: countyCode, class: path }
      : undefined
  }
  if (register !== 'pavilion') return undefined
  const listed = (part: string, column: string): string =>
    (parts[part] ?? []).flatMap(row => (typeof row[column] === 'string' ? [row[column]] : [])).join(',')
  const [county, path] = [listed('area', 'areaCode'), listed('goods', 'class')]
  const mark = Array.isArray(values.marks) ? values.marks.join(',') : ''
  return {
    ...(county && { county }),
    ...(path && { class: path }),
    ...(mark && { mark }),
    ...(values.recognisedOnly === true && { recognised: 'true' as const }),
  }
}
