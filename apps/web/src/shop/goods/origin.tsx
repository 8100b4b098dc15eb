import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../i18n/format.ts'
import { useQuantityText } from '../../ui/values.tsx'
import { useCountyName } from '../ui/county-name.ts'
import { Go, useProgramme } from '../ui/go.tsx'
import { useClassNames, useNames } from '../ui/names.ts'

export function Origin({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('goods')
  const { either } = useNames()
  const story = either(offer.product.storyZh, offer.product.storyEn)
  return (
    <section className="section goods-origin" aria-labelledby="origin">
      <h2 id="origin">{t('origin.title')}</h2>
      {story ? <p className="story">{story}</p> : null}
      {story && offer.product.source === 'invented' ? (
        <p className="small soft">{t('origin.invented')}</p>
      ) : null}
      <Facts offer={offer} />
      <Go to={`/counties/${offer.countyCode}`} className="button button-soft">
        {t('origin.county.go', { county: useCountyName(offer) })}
      </Go>
    </section>
  )
}

function Facts({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('goods')
  const programme = useProgramme()
  const quantity = useQuantityText()
  const classOf = useClassNames()
  const { product } = offer
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['cooperative', product.cooperativeName],
    ['class', classOf(offer.class)],
    ['piece', quantity(offer.perPiece, offer.unit)],
    ['harvested', formatDay(offer.harvestedOn)],
    ['lot', offer.lotCode],
    [
      'recognition',
      product.recognised
        ? t('origin.recognised', { from: product.recognised.from, to: product.recognised.to })
        : t('mark.notRecognised'),
    ],
    ...product.certificates.map(
      paper =>
        [
          'certificate',
          t('origin.paper', {
            kind: t(`mark.${paper.kind}`, { defaultValue: paper.kind }),
            number: paper.number,
            issuer: paper.issuer,
          }),
        ] as const,
    ),
  ]
  return (
    <dl className="panel facts">
      {rows.map(([word, value], at) =>
        value ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never change places
          <div key={at}>
            <dt>{t(`origin.${word}`)}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
      <div>
        <dt>{t('origin.check')}</dt>
        <dd>
          <a href={`/p/${programme}/open/figures`}>{t('origin.check.go')}</a>
        </dd>
      </div>
    </dl>
  )
}
