import type { Page } from '@silian/kernel/http/shapes.ts'
import type { RegisterRow, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { Overlay } from '../overlay.tsx'
import { registerRoutes } from '../routes.ts'
import { CloseForm, type Closing } from './close.tsx'
import { ExportLink } from './export-link.tsx'
import { may } from './shapes.ts'

interface BulkBarProps {
  readonly shape: RegisterShape
  readonly marked: ReadonlySet<string>
  readonly pages: readonly Page<RegisterRow>[]
  setMarked(marked: ReadonlySet<string>): void
}

/** What may be done with the marked rows together. */
export function BulkBar({ shape, marked, pages, setMarked }: BulkBarProps) {
  const { t } = useTranslation('register')
  const [closing, setClosing] = useState(false)
  if (marked.size === 0) return null
  const rows = pages.flatMap(({ items }) => items).filter(({ id }) => marked.has(id))
  const ids = { search: { id: rows.map(({ id }) => id).join(',') }, isPrivate: false }
  return (
    <div className="bulk" role="toolbar" aria-label={t('marked')}>
      <span role="status">{t('marked.count', { count: marked.size })}</span>
      <ExportLink register={shape.name} format="xlsx" asked={ids} className="button button-small">
        {t('marked.export')}
      </ExportLink>
      {may(shape, 'close') ? (
        <button type="button" className="button button-small" onClick={() => setClosing(true)}>
          {t('marked.close')}
        </button>
      ) : null}
      <button type="button" className="button button-small" onClick={() => setMarked(new Set())}>
        {t('marked.none')}
      </button>
      {closing ? (
        <CloseMany
          register={shape.name}
          rows={rows.filter(({ validTo }) => validTo === null)}
          close={() => setClosing(false)}
          done={() => {
            setClosing(false)
            setMarked(new Set())
          }}
        />
      ) : null}
    </div>
  )
}

interface CloseManyProps {
  readonly register: string
  readonly rows: readonly RegisterRow[]
  close(): void
  done(): void
}

/** Closes row after row; each has its own key, so that going on after a failure closes none twice. */
function CloseMany({ register, rows, close, done }: CloseManyProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const work = useMutation({
    mutationFn: async (closing: Closing) => {
      const gone = new Set(closed)
      for (const { id, version } of rows.filter(row => !gone.has(row.id))) {
        await send(registerRoutes.close, {
          params: { programme, register, row: id },
          key: `close-${id}-${version}-${closing.key}`,
          body: { version, reason: closing.reason, ...(closing.on ? { on: closing.on } : {}) },
        })
        gone.add(id)
        setClosed(new Set(gone))
      }
    },
    onSuccess: () => {
      say(t('closed.many', { count: rows.length }))
      done()
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['register', programme, register] }),
  })
  return (
    <Overlay kind="dialog" title={t('marked.close')} close={close}>
      <p>{t('close.many', { count: rows.length })}</p>
      <p role="status" className="muted">
        {work.isPending ? t('close.progress', { done: closed.size, count: rows.length }) : ''}
      </p>
      <CloseForm
        name={`${programme}.register.${register}.close-many`}
        going={work.isPending}
        send={closing => work.mutate(closing)}
      />
      {work.isError ? <ProblemNotice error={work.error} /> : null}
    </Overlay>
  )
}
