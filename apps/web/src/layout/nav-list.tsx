import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../session/programme.ts'
import { Icon } from '../ui/icons.tsx'
import type { NavItem } from './nav.ts'

interface NavListProps {
  readonly items: readonly NavItem[]
  readonly kind: 'side' | 'bottom' | 'top'
}

/** The same links as a side list, a phone's bottom bar or a row on top; one of them is shown at a time. */
export function NavList({ items, kind }: NavListProps) {
  const { t } = useTranslation()
  const programme = useProgrammeId()
  return (
    <nav className={`nav nav-${kind}`} aria-label={t(`nav.label.${kind}`)}>
      <ul>
        {items.map(({ to, label, icon }) => (
          <li key={to}>
            <Link
              to={to}
              params={{ programme }}
              className="nav-link"
              activeProps={{ 'aria-current': 'page' }}
            >
              <Icon name={icon} />
              <span>{t(label)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
