import type { Values } from '@silian/kernel/declared/columns.ts'
import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Loaded } from '../../ui/states.tsx'
import { Day, Instant } from '../../ui/values.tsx'
import { FactLink } from '../fact-link.tsx'
import { registerRoutes } from '../routes.ts'
import { Changes } from './changes.tsx'
import { stateAt } from './state-at.ts'

interface TimelineProps {
  readonly shape: RegisterShape
  readonly row: string
  /** What it went on as, told beside the day it did. */
  readonly successors: ReactNode
}

const filled = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))

/** All that happened to a row, the newest first. */
export function Timeline({ shape, row, successors }: TimelineProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const history = useQuery({
    queryKey: ['register', programme, shape.name, 'history', row],
    queryFn: ({ signal }) =>
      send(registerRoutes.history, { params: { programme, register: shape.name, row }, signal }),
  })
  return (
    <section className="section">
      <h3>{t('history')}</h3>
      <Loaded query={history} lines={3}>
        {({ items, names }) => (
          <ol className="trail">
            {items.map(item => (
              <li key={item.version}>
                <p className="trail-what">
                  <strong>{t(`history.${item.what}`)}</strong> <Instant at={item.recordedAt} />
                </p>
                <p className="trail-how muted">
                  {t('history.by', { name: item.byName })} · {t('valid.from')} <Day at={item.validFrom} />
                  {item.factId ? (
                    <>
                      {' · '}
                      <FactLink fact={item.factId} />
                    </>
                  ) : null}
                </p>
                {item.what === 'succeeded' ? successors : null}
                {item.what === 'created' ? null : (
                  <Changes shape={shape} before={item.before} after={item.after} names={names} />
                )}
                <details className="version">
                  <summary>{t('history.version', { version: item.version })}</summary>
                  <Changes
                    shape={shape}
                    before={{}}
                    after={filled(stateAt(items, item.version))}
                    names={names}
                  />
                </details>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  )
}
