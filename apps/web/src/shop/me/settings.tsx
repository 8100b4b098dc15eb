import { useTranslation } from 'react-i18next'
import { type Language, languageOf, languages, setLanguage } from '../../i18n/i18n.ts'
import { usePrintSize } from '../frame/print-size.ts'

export function Settings() {
  const { t, i18n } = useTranslation('mine')
  const [size, setSize] = usePrintSize()
  const isLarge = size === 'large'
  return (
    <section className="panel" aria-labelledby="looks">
      <h2 id="looks">{t('me.looks')}</h2>
      <label className="choice">
        <input
          type="checkbox"
          checked={isLarge}
          onChange={event => setSize(event.target.checked ? 'large' : 'normal')}
        />
        <span>
          <strong>{t('me.print')}</strong>
          <br />
          <span className="small soft">{t('me.print.hint')}</span>
        </span>
      </label>
      <fieldset className="languages">
        <legend className="unseen">{t('me.language')}</legend>
        {languages.map((language: Language) => (
          <label key={language} className="choice">
            <input
              type="radio"
              name="language"
              checked={languageOf(i18n) === language}
              onChange={() => void setLanguage(language)}
            />
            <span lang={language === 'zh' ? 'zh-CN' : 'en'}>
              {t(`language.${language}`, { ns: 'common' })}
            </span>
          </label>
        ))}
      </fieldset>
    </section>
  )
}
