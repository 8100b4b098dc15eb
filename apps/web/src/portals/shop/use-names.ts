import { useTranslation } from 'react-i18next'
import { languageOf } from '../../i18n/i18n.ts'

interface Named {
  nameZh: string
  nameEn: string
  specZh: string
  specEn: string
}

/** Names, specifications and classes of goods in the language of the page. */
export function useGoodsNames() {
  const { t, i18n } = useTranslation('declared/codes')
  const english = languageOf(i18n) === 'en'
  return {
    nameOf: (goods: Pick<Named, 'nameZh' | 'nameEn'>) => (english && goods.nameEn) || goods.nameZh,
    specOf: (goods: Pick<Named, 'specZh' | 'specEn'>) => (english && goods.specEn) || goods.specZh,
    /** `fruit/tropical/mango` → its last known part in words. */
    classOf: (path: string) => t(`value.class.${path.split('/').at(-1)}`, path),
  }
}
