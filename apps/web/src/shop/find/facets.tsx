import type { ShopFacets } from '@silian/chains/supply/search/contract.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatFen } from '../../i18n/format.ts'
import { useNames } from '../ui/names.ts'
import { Waiting } from '../ui/notice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { type Asked, countOf, type Filter, toggled, valuesOf } from './asked.ts'

interface FacetsProps {
  readonly asked: Asked
  readonly facets: ShopFacets | null
  put(asked: Asked): void
  onClose(): void
}

/** Everything that the list can be narrowed by, each with how much there is of it. */
export function Facets({ asked, facets, put, onClose }: FacetsProps) {
  const { t } = useTranslation('find')
  return (
    <Sheet title={t('facets')} onClose={onClose}>
      {facets ? <Groups asked={asked} facets={facets} put={put} /> : <Waiting cards={1} />}
      <div className="sheet-foot">
        <button
          type="button"
          className="button button-soft"
          disabled={countOf(asked) === 0}
          onClick={() => put(asked.q ? { q: asked.q } : {})}
        >
          {t('facets.clear')}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {facets ? t('facets.show', { count: facets.total }) : t('facets')}
        </button>
      </div>
    </Sheet>
  )
}

function Groups({ asked, facets, put }: Pick<FacetsProps, 'asked' | 'put'> & { facets: ShopFacets }) {
  const { t } = useTranslation(['find', 'goods'])
  const { nameOf } = useNames()
  const choice = (filter: Filter, value: string, word: ReactNode, count: number) => (
    <Choice
      key={value}
      isOn={valuesOf(asked, filter).includes(value)}
      count={count}
      turn={() => put(toggled(asked, filter, value))}
    >
      {word}
    </Choice>
  )
  return (
    <>
      <Group title={t('facet.class')}>
        {openBranches(facets.classes, valuesOf(asked, 'class')).map(one =>
          choice('class', one.path, nameOf(one), one.count),
        )}
      </Group>
      <Group title={t('facet.county')}>
        {countiesOf(facets.counties).map(one => choice('county', one.code, nameOf(one), one.count))}
      </Group>
      <Group title={t('facet.price')}>
        {facets.prices.map(band => (
          <Band key={band.from} asked={asked} band={band} put={put} />
        ))}
      </Group>
      <Group title={t('facet.households')}>
        {facets.households.map(one =>
          choice('households', String(one.band), t('facet.households.band', bandWords(one)), one.count),
        )}
      </Group>
      <Group title={t('facet.mark')}>
        {choice('recognised', 'true', t('facet.recognised'), facets.recognised)}
        {facets.marks.map(one => choice('mark', one.mark, t(`mark.${one.mark}`, { ns: 'goods' }), one.count))}
        {facets.certificates.map(one =>
          choice(
            'certificate',
            one.kind,
            t('facet.certificate', {
              kind: t(`mark.${one.kind}`, { ns: 'goods', defaultValue: one.kind }),
            }),
            one.count,
          ),
        )}
        {choice('cold', 'true', t('facet.cold'), facets.cold)}
      </Group>
      <Group title={t('facet.pavilion')}>
        {facets.pavilions.map(one => choice('pavilion', one.key, nameOf(one), one.count))}
      </Group>
    </>
  )
}

/** The tops of the produce tree, and what lies right below those that were chosen. */
const openBranches = (classes: ShopFacets['classes'], chosen: readonly string[]): ShopFacets['classes'] =>
  classes
    .filter(({ path }) => {
      const above = path.slice(0, Math.max(0, path.lastIndexOf('/')))
      return above === '' || chosen.some(one => one === path || one === above || one.startsWith(`${above}/`))
    })
    .toSorted((a, b) => a.path.split('/').length - b.path.split('/').length)

/** Counties alone: what lies above them is another way to say the same. */
const countiesOf = (areas: ShopFacets['counties']): ShopFacets['counties'] =>
  areas.filter(({ code }) => code.length === 6 && !code.endsWith('00'))

interface BandProps {
  readonly asked: Asked
  readonly band: ShopFacets['prices'][number]
  put(asked: Asked): void
}

/** A band of prices, from the first to before the second. */
function Band({ asked, band: { from, to, count }, put }: BandProps) {
  const { t } = useTranslation('find')
  const [first, last] = [String(from), to === null ? '' : String(to - 1)]
  const isOn = (asked.priceFrom ?? '') === first && (asked.priceTo ?? '') === last
  const { priceFrom: _, priceTo: __, ...others } = asked
  return (
    <Choice
      isOn={isOn}
      count={count}
      turn={() => put(isOn ? others : { ...others, priceFrom: first, ...(last && { priceTo: last }) })}
    >
      {t(to === null ? 'facet.price.over' : 'facet.price.band', {
        from: formatFen(from),
        to: to === null ? '' : formatFen(to),
      })}
    </Choice>
  )
}

const bandWords = ({ from, to }: { from: number; to: number | null }) => ({
  range: to === null ? `${from}+` : to - 1 === from ? String(from) : `${from}–${to - 1}`,
})

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      <div className="chips chips-wrap">{children}</div>
    </fieldset>
  )
}

interface ChoiceProps {
  readonly isOn: boolean
  readonly count: number
  readonly children: ReactNode
  turn(): void
}

/** Nothing of a kind is not offered, unless it is what was chosen. */
function Choice({ isOn, count, children, turn }: ChoiceProps) {
  if (count === 0 && !isOn) return null
  return (
    <button type="button" className="chip" aria-pressed={isOn} onClick={turn}>
      {children} <span className="small">{count}</span>
    </button>
  )
}
