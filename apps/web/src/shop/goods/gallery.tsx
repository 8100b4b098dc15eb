import type { OfferDetail } from '@silian/chains/supply/catalogue/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Drawn, mediaAddress, Picture } from '../drawn/picture.tsx'
import { useProgramme } from '../ui/go.tsx'
import { useNames } from '../ui/names.ts'

/** The photographs, one of them large; goods without any are drawn, and it says so. */
export function Gallery({ offer }: { offer: OfferDetail }) {
  const { t } = useTranslation('goods')
  const programme = useProgramme()
  const { either } = useNames()
  const [at, setAt] = useState(0)
  const media = offer.product.media
  const shown = media[at]
  if (!shown)
    return (
      <figure className="gallery">
        <Drawn kind={offer.class} />
        <figcaption className="small soft">{t('drawn')}</figcaption>
      </figure>
    )
  return (
    <figure className="gallery">
      <Picture
        kind={offer.class}
        photo={shown.id}
        alt={either(shown.altZh, shown.altEn)}
        first
        sizes="(min-width: 50rem) 36rem, 100vw"
      />
      {media.length > 1 ? (
        <ul className="gallery-others">
          {media.map((one, n) => (
            <li key={one.id}>
              <button
                type="button"
                aria-label={t('photo', { at: n + 1 })}
                aria-pressed={n === at}
                onClick={() => setAt(n)}
              >
                <img
                  src={mediaAddress(programme, one.id, 160)}
                  alt=""
                  width={64}
                  height={64}
                  loading="lazy"
                />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </figure>
  )
}
