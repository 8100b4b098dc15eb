import type { Bulletin } from '@silian/chains/assurance/bulletins/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import { Problem } from '../../api/problem.ts'
import { send } from '../../api/send.ts'
import { useWordsOf } from '../../declared/words.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { bulletinRoutes } from './bulletin-routes.ts'

type Section = Bulletin['sections'][number]

interface BulletinFormProps {
  readonly bulletin: Bulletin
  close(): void
}

/** The words of a draft. Figures are placed by name, `{{key}}`; they cannot be typed. */
export function BulletinForm({ bulletin, close }: BulletinFormProps) {
  const { t } = useTranslation(['bulletins', 'common'])
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const { id, version, title, sections } = bulletin
  const name = `${programme}.bulletin.${id}.${version}`
  const { key, draft, setDraft, done } = useIntention(name, { title, sections })
  const write = useMutation({
    mutationFn: () =>
      send(bulletinRoutes.write, { params: { programme, bulletin: id }, key, body: { version, ...draft } }),
    onSuccess: async () => {
      done()
      say(t('written'))
      close()
      await client.invalidateQueries({ queryKey: ['bulletins', programme] })
    },
    onError: error => {
      // the key was used up by other input: what is on the form now is a new intention
      if (error instanceof Problem && error.code === 'idempotency.mismatch') done()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    write.mutate()
  }
  const put = (at: number, change: Partial<Section>) =>
    setDraft({ ...draft, sections: draft.sections.with(at, { ...draft.sections[at]!, ...change }) })
  return (
    <form className="stack bulletin-form" onSubmit={submit}>
      <Field
        label={t('form.title')}
        required
        maxLength={100}
        value={draft.title}
        onChange={event => setDraft({ ...draft, title: event.target.value })}
      />
      <Keys bulletin={bulletin} />
      {draft.sections.map((section, at) => (
        <SectionFields
          // biome-ignore lint/suspicious/noArrayIndexKey: sections have no other name, and none moves
          key={at}
          section={section}
          figures={bulletin.figures}
          put={change => put(at, change)}
        />
      ))}
      {write.isError ? <ProblemNotice error={write.error} /> : null}
      <div className="form-actions">
        <button type="button" className="button" onClick={close}>
          {t('cancel', { ns: 'common' })}
        </button>
        <button type="submit" className="button button-main" disabled={write.isPending}>
          {t('save')}
        </button>
      </div>
    </form>
  )
}

/** What may be placed, with what it shows today. */
function Keys({ bulletin: { figures } }: { bulletin: Bulletin }) {
  const { t } = useTranslation('bulletins')
  const words = useWordsOf(figures.map(({ metric }) => metric))
  return (
    <details className="card">
      <summary>{t('form.keys')}</summary>
      <p className="muted">{t('form.keys.hint')}</p>
      <dl className="facts">
        {figures.map(({ key, metric, shown }) => (
          <div key={key}>
            <dt>
              <code>{`{{${key}}}`}</code>
            </dt>
            <dd>
              {words(metric).title} <span lang="zh-CN">{shown}</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

interface SectionFieldsProps {
  readonly section: Section
  readonly figures: Bulletin['figures']
  put(change: Partial<Section>): void
}

function SectionFields({ section: { heading, text, tables }, figures, put }: SectionFieldsProps) {
  const { t } = useTranslation('bulletins')
  const id = useId()
  const words = useWordsOf(figures.map(({ metric }) => metric))
  const tabular = figures.filter(({ by }) => by.length > 0)
  const choose = (key: string, chosen: boolean) =>
    put({ tables: chosen ? [...tables, key] : tables.filter(each => each !== key) })
  return (
    <fieldset className="card stack-small">
      <legend>{heading}</legend>
      <Field
        label={t('form.heading')}
        required
        maxLength={100}
        value={heading}
        onChange={event => put({ heading: event.target.value })}
      />
      <div className="field">
        <label htmlFor={id}>{t('form.text')}</label>
        <textarea
          id={id}
          rows={4}
          maxLength={4000}
          lang="zh-CN"
          value={text}
          onChange={event => put({ text: event.target.value })}
        />
      </div>
      <fieldset className="choices-input">
        <legend>{t('form.tables')}</legend>
        {tabular.map(({ key, metric, by }) => (
          <label key={key} className="chip-choice">
            <input
              type="checkbox"
              checked={tables.includes(key)}
              onChange={event => choose(key, event.target.checked)}
            />
            {words(metric).title} ·{' '}
            {by.map(name => words(metric).text(`dimension.${name}`, name)).join(' × ')}
          </label>
        ))}
      </fieldset>
    </fieldset>
  )
}
