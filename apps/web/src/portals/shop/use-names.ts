import { useTranslation } from 'react-i18next'
import { goodsNames } from '../../i18n/goods-names.ts'
import { languageOf } from '../../i18n/i18n.ts'

/** Names, specifications and classes of goods in the language of the page. */
export function useGoodsNames() {
  const { t, i18n } = useTranslation('declared/codes')
  return {
    ...goodsNames(languageOf(i18n) === 'en'),
    /** `fruit/tropical/mango` → its last known part in words. */
    classOf: (path: string) => t(`value.class.${path.split('/').at(-1)}`, path),
  }
}
