import { useTranslation } from 'react-i18next'
import { languageOf, setLanguage, setVocabulary, vocabulary } from '../i18n/i18n.ts'

/** Language and vocabulary: each button says what it changes to. */
export function Preferences() {
  const { t, i18n } = useTranslation()
  const other = languageOf(i18n) === 'zh' ? 'en' : 'zh'
  const otherWords = vocabulary() === 'current' ? 'historic' : 'current'
  return (
    <div className="preferences">
      <button
        type="button"
        className="preference"
        title={t('vocabulary.hint')}
        onClick={() => void setVocabulary(otherWords)}
      >
        {t(`vocabulary.${vocabulary()}`)}
        <span className="preference-sign" aria-hidden="true">
          {' '}
          ⇄
        </span>
        <span className="visually-hidden">{t(`vocabulary.to.${otherWords}`)}</span>
      </button>
      <button
        type="button"
        className="preference"
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        onClick={() => void setLanguage(other)}
      >
        {t(`language.${other}`)}
      </button>
    </div>
  )
}
