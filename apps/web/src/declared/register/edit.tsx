import type { Values } from '@silian/kernel/declared/columns.ts'
import type { RegisterDetail, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../api/ids.ts'
import { useIntention } from '../../api/intention.ts'
import { Problem } from '../../api/problem.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useSay } from '../../ui/said.tsx'
import { changesOf, draftOf, isMasked, type WireValue, wireOf } from '../columns/draft.ts'
import { Overlay } from '../overlay.tsx'
import { registerRoutes } from '../routes.ts'
import { useWords } from '../words.ts'
import { type FormDraft, isSealed, RowForm } from './form.tsx'

interface NewRowProps {
  readonly shape: RegisterShape
  close(): void
  opened(row: string): void
}

/** A new row; its id is made here, so that sending twice makes one. */
export function NewRow({ shape, close, opened }: NewRowProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const words = useWords(shape.name)
  const empty = useMemo<FormDraft>(() => ({ id: newId(), validFrom: '', values: {}, parts: {} }), [])
  const intention = useIntention(`${programme}.register.${shape.name}.new`, empty)
  const { draft } = intention
  const create = useMutation({
    mutationFn: (wire: Wire) =>
      send(registerRoutes.create, {
        params: { programme, register: shape.name },
        key: intention.key,
        body: { id: draft.id, ...dateOf(draft), ...plain(wire) },
      }),
    onSuccess: async ({ id }) => {
      intention.done()
      say(t('created'))
      await client.invalidateQueries({ queryKey: ['register', programme, shape.name] })
      opened(id)
    },
    onError: error => renewKey(error, intention, draft),
  })
  return (
    <Overlay kind="drawer" title={t('new.title', { register: words.title })} close={close}>
      <RowForm
        shape={shape}
        names={{}}
        draft={draft}
        setDraft={intention.setDraft}
        read={() => readForm(shape, draft)}
        error={create.error}
        going={create.isPending}
        send={wire => create.mutate(wire)}
        give={{ text: t('new.send'), up: close }}
      />
    </Overlay>
  )
}

interface EditRowProps {
  readonly shape: RegisterShape
  readonly detail: RegisterDetail
  /** The row unmasked, once it has been revealed: only then its parts with personal values can be edited. */
  readonly revealed: RegisterDetail | undefined
  done(): void
}

/** A change of a row, of the version that was read: when another was faster it is refused and says so. */
export function EditRow({ shape, detail, revealed, done }: EditRowProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const start = useMemo(() => draftFrom(shape, detail, revealed), [shape, detail, revealed])
  const name = `${programme}.register.${shape.name}.${detail.id}.${detail.version}`
  const kept = useIntention(name, start)
  const open = useOpenIntention(start)
  // what was revealed is written to no store
  const intention = revealed ? open : kept
  const { draft } = intention
  const change = useMutation({
    mutationFn: (wire: Wire) =>
      send(registerRoutes.change, {
        params: { programme, register: shape.name, row: detail.id },
        key: intention.key,
        body: { version: detail.version, ...dateOf(draft), ...plain(wire) },
      }),
    onSuccess: async ({ proposal }) => {
      intention.done()
      say(t(proposal ? 'proposed' : 'changed'))
      await client.invalidateQueries({ queryKey: ['register', programme, shape.name] })
      done()
    },
    onError: error => renewKey(error, intention, draft),
  })
  const read = () => {
    const asked = { ...shape, parts: shape.parts.filter(part => revealed || !isSealed(part)) }
    const { wire, faults } = readForm(asked, draft, isMasked)
    return { wire: onlyChanged(asked, revealed ?? detail, wire), faults }
  }
  return (
    <RowForm
      shape={shape}
      names={detail.names}
      detail={detail}
      isClear={revealed !== undefined}
      draft={draft}
      setDraft={intention.setDraft}
      read={read}
      error={change.error}
      going={change.isPending}
      send={wire => change.mutate(wire)}
      give={{ text: t('edit.send'), up: done }}
    />
  )
}

/** An intention of this page only: nothing of it outlives the form. */
function useOpenIntention(start: FormDraft) {
  const [key] = useState(newId)
  const [draft, setDraft] = useState(start)
  return { key, draft, setDraft, done: () => undefined }
}

export interface Wire {
  readonly values: Record<string, WireValue>
  readonly parts: Record<string, Record<string, WireValue>[]>
}

type Columns = RegisterShape['columns']

/** The whole form as the wire wants it; faults stand under `column` or `part.1.column`. */
export function readForm(
  shape: Pick<RegisterShape, 'columns' | 'parts'>,
  draft: FormDraft,
  mayLack: (column: Columns[number]) => boolean = () => false,
) {
  const { values, faults } = wireOf(shape.columns, draft.values, { mayLack })
  const parts: Record<string, Record<string, WireValue>[]> = {}
  for (const { name, columns } of shape.parts)
    parts[name] = (draft.parts[name] ?? []).map((row, at) => {
      const read = wireOf(columns, row)
      for (const [column, fault] of Object.entries(read.faults)) faults[`${name}.${at + 1}.${column}`] = fault
      return read.values
    })
  return { wire: { values, parts }, faults }
}

const draftFrom = (
  shape: RegisterShape,
  detail: RegisterDetail,
  revealed: RegisterDetail | undefined,
): FormDraft => ({
  id: detail.id,
  validFrom: '',
  values: draftOf(shape.columns, detail.values),
  parts: Object.fromEntries(
    shape.parts.map(({ name, columns }) => [
      name,
      ((revealed ?? detail).parts[name] ?? []).map(row => draftOf(columns, row, revealed !== undefined)),
    ]),
  ),
})

/** A part is given whole, or not at all when it is as it was. */
function onlyChanged(
  shape: Pick<RegisterShape, 'columns' | 'parts'>,
  detail: RegisterDetail,
  wire: Wire,
): Wire {
  const parts = shape.parts.filter(
    ({ name, columns }) =>
      JSON.stringify(wire.parts[name]) !== JSON.stringify(asSent(columns, detail.parts[name])),
  )
  return {
    values: changesOf(shape.columns, detail.values, wire.values),
    parts: Object.fromEntries(parts.map(({ name }) => [name, wire.parts[name] ?? []])),
  }
}

/** The computed ones are never sent. */
const asSent = (columns: Columns, rows: readonly Values[] = []) =>
  rows.map(row =>
    Object.fromEntries(
      columns.filter(({ computed }) => !computed).map(({ name }) => [name, row[name] ?? null]),
    ),
  )

const plain = ({ values, parts }: Wire) => ({
  values,
  ...(Object.keys(parts).length > 0 ? { parts } : {}),
})

const dateOf = ({ validFrom }: FormDraft) => (validFrom ? { validFrom } : {})

/** A key used up by other input is no longer this intention's: what stands on the form now is a new one. */
function renewKey(
  error: unknown,
  intention: { done(): void; setDraft(draft: FormDraft): void },
  draft: FormDraft,
): void {
  if (!(error instanceof Problem) || error.code !== 'idempotency.mismatch') return
  intention.done()
  intention.setDraft(draft)
}
