import type { Pavilion } from '../catalogue/contract.ts'
import { stepOf } from '../catalogue/rules.ts'
import type { ShopQuery } from './contract.ts'
import type { ReadFacet } from './facet.ts'

type Filtered = Pick<
  ShopQuery,
  'county' | 'class' | 'mark' | 'certificate' | 'cold' | 'recognised' | 'households'
>
export type FilterName = keyof Filtered

/** Of each filter that is set: the keys of tokens of which an offer must have one, and the same said of a facet. */
export function filtersOf(
  query: Filtered,
): { name: FilterName; keys: string[]; holds: (facet: ReadFacet) => boolean }[] {
  const any = <T>(
    name: FilterName,
    values: readonly T[] | undefined,
    key: (value: T) => string,
    of: (facet: ReadFacet) => readonly T[],
  ) =>
    values === undefined
      ? []
      : [
          {
            name,
            keys: values.map(key),
            holds: (facet: ReadFacet) => of(facet).some(value => values.includes(value)),
          },
        ]
  return [
    ...any(
      'county',
      query.county?.map(stepOf),
      step => `a:${step}`,
      facet => facet.steps,
    ),
    ...any(
      'class',
      query.class,
      path => `c:${path}`,
      facet => facet.paths,
    ),
    ...any(
      'mark',
      query.mark,
      mark => `f:mark:${mark}`,
      facet => facet.marks,
    ),
    ...any(
      'certificate',
      query.certificate,
      kind => `f:certificate:${kind}`,
      facet => facet.certificates,
    ),
    ...any(
      'cold',
      query.cold && [true],
      () => 'f:cold',
      facet => [facet.cold],
    ),
    ...any(
      'recognised',
      query.recognised && [true],
      () => 'f:recognised',
      facet => [facet.recognised],
    ),
    ...any(
      'households',
      query.households,
      band => `f:households:${band}`,
      facet => [facet.households],
    ),
  ]
}

type Rule = Pick<Pavilion, 'recognisedOnly' | 'areaPrefixes' | 'classes' | 'marks'>

const isAny = (values: readonly unknown[], holds: boolean) => values.length === 0 || holds

/** Whether goods enter a pavilion: the rule of `enters`, said of a facet. */
export const isIn = ({ recognisedOnly, areaPrefixes, classes, marks }: Rule, facet: ReadFacet): boolean =>
  (!recognisedOnly || facet.recognised) &&
  isAny(
    areaPrefixes,
    areaPrefixes.some(prefix => facet.county.startsWith(prefix)),
  ) &&
  isAny(
    classes,
    facet.paths.some(path => classes.includes(path)),
  ) &&
  isAny(
    marks,
    facet.marks.some(mark => marks.includes(mark)),
  )

/** The same as keys of tokens. `counties`: all of which there is anything. */
export const pavilionKeys = (rule: Rule, counties: readonly string[]): string[][] =>
  [
    rule.recognisedOnly ? ['f:recognised'] : [],
    rule.areaPrefixes.length === 0
      ? []
      : [
          'a:-',
          ...counties
            .filter(code => rule.areaPrefixes.some(prefix => code.startsWith(prefix)))
            .map(code => `a:${code}`),
        ],
    rule.classes.map(path => `c:${path}`),
    rule.marks.map(mark => `f:mark:${mark}`),
  ].filter(keys => keys.length > 0)
