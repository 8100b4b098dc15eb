interface Named {
  readonly nameZh: string
  readonly nameEn: string
}

interface Specified {
  readonly specZh: string
  readonly specEn: string
}

/** How goods are called in a language; where there is no English, as they are called at home. */
export function goodsNames(english: boolean) {
  const either = (zh: string, en: string): string => (english && en) || zh
  const nameOf = ({ nameZh, nameEn }: Named): string => either(nameZh, nameEn)
  const specOf = ({ specZh, specEn }: Specified): string => either(specZh, specEn)
  return {
    ...{ either, nameOf, specOf },
    /** The specification where the name does not say it already. */
    besideOf: (goods: Named & Specified): string => {
      const spec = specOf(goods)
      return nameOf(goods).includes(spec) ? '' : spec
    },
  }
}
