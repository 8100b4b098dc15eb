import type { SettingShape } from '@silian/kernel/settings/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { adminRoutes } from './routes.ts'
import './admin.css'

/** What the programme may set for itself, with its history. */
export function SettingsPage() {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const query = useQuery({
    queryKey: ['settings', programme],
    queryFn: ({ signal }) => send(adminRoutes.settings, { params: { programme }, signal }),
  })
  return (
    <Page title={t('settings')} lead={t('settings.lead')}>
      <Loaded query={query} lines={6}>
        {settings => (
          <ul className="cards">
            {settings.map(setting => (
              <li key={setting.key} className="card">
                <Setting setting={setting} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Page>
  )
}

function useValueText(): (kind: SettingShape['kind'], value: SettingShape['value']) => string {
  const { t } = useTranslation('admin')
  return (kind, value) => {
    if (kind === 'yes') return t(value ? 'yes' : 'no')
    if (kind === 'days') return t('days', { count: Number(value) })
    return String(value) || t('setting.empty')
  }
}

function Setting({ setting }: { setting: SettingShape }) {
  const { t } = useTranslation('admin')
  const text = useValueText()
  const [changing, change] = useState(false)
  const { key, kind, value, version, history } = setting
  return (
    <div className="stack-small">
      <h2>{t(`setting.${key}`)}</h2>
      <p className="muted">{t(`setting.${key}.hint`)}</p>
      <p>
        <strong>{text(kind, value)}</strong>{' '}
        {version === 0 ? <span className="badge badge-plain">{t('setting.default')}</span> : null}
      </p>
      <div className="row-actions">
        <button type="button" className="button button-small" onClick={() => change(true)}>
          {t('setting.change')}
          <span className="visually-hidden"> {t(`setting.${key}`)}</span>
        </button>
      </div>
      {history.length > 0 ? (
        <details>
          <summary>{t('history')}</summary>
          <ol className="history">
            {history.map(each => (
              <li key={each.version}>
                <Instant at={each.at} />
                <span>{each.by ?? t('audit.elsewhere')}</span>
                <strong>{text(kind, each.value)}</strong>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
      {changing ? <Change setting={setting} close={() => change(false)} /> : null}
    </div>
  )
}

const typed = (kind: SettingShape['kind'], text: string): SettingShape['value'] =>
  kind === 'yes' ? text === 'true' : kind === 'days' ? Number(text) : text.trim()

function Change({ setting, close }: { setting: SettingShape; close(): void }) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const { key, kind, value, version } = setting
  return (
    <DialogForm<{ text: string }>
      name={`${programme}.setting.${key}.${version}`}
      title={t(`setting.${key}`)}
      hint={t(`setting.${key}.hint`)}
      empty={{ text: String(value) }}
      sendLabel={t('setting.change')}
      said={t('act.done')}
      close={close}
      send={({ text }, once) =>
        send(adminRoutes.setSetting, {
          params: { programme, key },
          key: once,
          body: { version, value: typed(kind, text) },
        })
      }
      fields={(draft, put) =>
        kind === 'yes' ? (
          <label className="check">
            <input
              type="checkbox"
              checked={draft.text === 'true'}
              onChange={event => put({ text: String(event.target.checked) })}
            />
            {t(`setting.${key}`)}
          </label>
        ) : (
          <Field
            label={t('setting.value')}
            name="value"
            inputMode={kind === 'days' ? 'numeric' : 'text'}
            {...(kind === 'days' ? { pattern: '[0-9]{1,3}', required: true } : {})}
            value={draft.text}
            onChange={event => put({ text: event.target.value })}
          />
        )
      }
    />
  )
}
