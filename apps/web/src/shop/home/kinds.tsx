import { useTranslation } from 'react-i18next'
import { Drawn } from '../drawn/picture.tsx'
import { Go } from '../ui/go.tsx'

const kinds = ['fruit', 'vegetable', 'nut', 'meat', 'grain', 'tea', 'specialty'] as const

export function Kinds() {
  const { t } = useTranslation('front')
  return (
    <nav aria-label={t('kinds')}>
      <ul className="kinds">
        {kinds.map(kind => (
          <li key={kind}>
            <Go to="/find" search={{ class: kind }}>
              <span className="kinds-picture">
                <Drawn kind={kind} />
              </span>
              {t(`kind.${kind}`)}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  )
}
