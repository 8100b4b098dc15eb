import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { RegisterDetail, RegisterShape, successionPreview } from '@silian/kernel/register/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../../api/intention.ts'
import type { Out } from '../../api/route.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { RowInput } from '../columns/picker.tsx'
import { registerRoutes } from '../routes.ts'
import { useWords, useWordsOf } from '../words.ts'

/** This row goes on in another, others go on in it, or it goes on in several. */
const ways = ['into', 'takes', 'split'] as const
type Way = (typeof ways)[number]

interface Draft {
  readonly way: Way
  readonly others: readonly string[]
  readonly reason: string
  readonly on: string
}
const empty: Draft = { way: 'into', others: [''], reason: '', on: '' }

const bodyOf = (row: string, { way, others, reason, on }: Draft) => {
  const chosen = others.filter(Boolean)
  const ends = way === 'takes' ? { from: chosen, to: [row] } : { from: [row], to: chosen }
  return { ...ends, reason: reason.trim(), ...(on ? { on } : {}) }
}

interface SucceedRowProps {
  readonly shape: RegisterShape
  readonly detail: RegisterDetail
  done(): void
}

/** Rows merge or one is split: what would come of it is shown first. */
export function SucceedRow({ shape, detail, done }: SucceedRowProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const id = useId()
  const intention = useIntention(`${programme}.register.${shape.name}.${detail.id}.succeed`, empty)
  const { draft, setDraft } = intention
  const params = { programme, register: shape.name }
  const preview = useMutation({
    mutationFn: () => send(registerRoutes.previewSuccession, { params, body: bodyOf(detail.id, draft) }),
  })
  const succeed = useMutation({
    mutationFn: () =>
      send(registerRoutes.succeed, { params, key: intention.key, body: bodyOf(detail.id, draft) }),
    onSuccess: async () => {
      intention.done()
      say(t('succeed.done'))
      done()
      await client.invalidateQueries({ queryKey: ['register', programme, shape.name] })
    },
  })
  const put = (change: Partial<Draft>) => {
    preview.reset()
    setDraft({ ...draft, ...change })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    preview.mutate()
  }
  const ready = draft.others.some(Boolean) && draft.reason.trim() !== ''
  return (
    <section className="section">
      <h3>{t('succeed')}</h3>
      <form className="stack" onSubmit={submit} noValidate>
        <fieldset className="field">
          <legend>{t('succeed.way')}</legend>
          {ways.map(way => (
            <label key={way} className="menu-choice">
              <input
                type="radio"
                name={`${id}-way`}
                checked={draft.way === way}
                onChange={() => put({ way, others: [''] })}
              />
              {t(`succeed.way.${way}`)}
            </label>
          ))}
        </fieldset>
        <Others shape={shape} draft={draft} put={put} />
        <div className="field">
          <label htmlFor={`${id}-reason`}>{t('succeed.reason')}</label>
          <textarea
            id={`${id}-reason`}
            rows={2}
            maxLength={500}
            value={draft.reason}
            onChange={event => put({ reason: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-on`}>{t('succeed.on')}</label>
          <input
            id={`${id}-on`}
            type="date"
            value={draft.on}
            onChange={event => put({ on: event.target.value })}
          />
          <p className="field-hint">{t('close.on.hint')}</p>
        </div>
        {preview.data ? <Preview shape={shape} draft={draft} found={preview.data} /> : null}
        {preview.isError ? <ProblemNotice error={preview.error} /> : null}
        {succeed.isError ? <ProblemNotice error={succeed.error} /> : null}
        <div className="form-actions">
          {preview.data ? (
            <button
              type="button"
              className="button button-main"
              disabled={succeed.isPending}
              onClick={() => succeed.mutate()}
            >
              {t('succeed.send')}
            </button>
          ) : (
            <button type="submit" className="button button-main" disabled={!ready || preview.isPending}>
              {t('succeed.check')}
            </button>
          )}
        </div>
      </form>
    </section>
  )
}

const pickFrom = (register: string): ColumnShape => ({
  ...{ name: 'other', kind: 'row', of: [register], required: true, personal: null, level: null },
  ...{ filter: false, sort: false, search: false, listed: false, frozen: false, proposed: false },
  ...{ computed: false, max: null, min: null, format: null, unit: null },
})

interface OthersProps {
  readonly shape: RegisterShape
  readonly draft: Draft
  put(change: Partial<Draft>): void
}

/** The rows on the other side: one, or as many as are wanted. */
function Others({ shape, draft, put }: OthersProps) {
  const { t } = useTranslation('register')
  const words = useWords(shape.name)
  const id = useId()
  const { way, others } = draft
  const column = pickFrom(shape.name)
  return (
    <fieldset className="field">
      <legend>{t(`succeed.others.${way}`)}</legend>
      {others.map((other, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: several may still be empty
        <div key={at} className="stack-small">
          <label htmlFor={`${id}-${at}`} className="visually-hidden">
            {t('succeed.other', { number: at + 1 })}
          </label>
          <RowInput
            column={column}
            value={other}
            context={{ words, names: {} }}
            id={`${id}-${at}`}
            describedBy={undefined}
            invalid={false}
            change={next => put({ others: others.map((each, i) => (i === at ? String(next ?? '') : each)) })}
          />
        </div>
      ))}
      {way === 'into' ? null : (
        <button
          type="button"
          className="button button-small"
          onClick={() => put({ others: [...others, ''] })}
        >
          {t('succeed.more')}
        </button>
      )}
      {way === 'split' ? <p className="field-hint">{t('succeed.split.hint')}</p> : null}
    </fieldset>
  )
}

interface PreviewProps {
  readonly shape: RegisterShape
  readonly draft: Draft
  readonly found: Out<typeof successionPreview>
}

/** What ends, what goes on, what stays where it is. */
function Preview({ shape, draft, found }: PreviewProps) {
  const { t } = useTranslation('register')
  const words = useWords(shape.name)
  const others = useWordsOf(found.named.map(({ register }) => register))
  const goesOn = draft.way === 'takes' ? 1 : draft.others.filter(Boolean).length
  const parts = shape.parts.map(({ name }) => words.text(`part.${name}`, name))
  return (
    <div className="notice notice-wait" role="status">
      <p>{t('succeed.ends', { count: found.ended, goesOn })}</p>
      <ul>
        <li>{t('succeed.stays')}</li>
        {parts.length > 0 ? (
          <li>{t('succeed.parts', { parts: parts.join(t('list.separator', { ns: 'declared' })) })}</li>
        ) : null}
        {found.named.map(({ register, count }) => (
          <li key={register}>{t('succeed.named', { register: others(register).title, count })}</li>
        ))}
      </ul>
    </div>
  )
}
