import type { ProcessShape } from '@silian/kernel/process/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '../../api/ids.ts'
import { useIntention } from '../../api/intention.ts'
import { Problem } from '../../api/problem.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { LoadedPage, Page } from '../../ui/page.tsx'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'
import { type Draft, type Faults, wireOf } from '../columns/draft.ts'
import { ColumnField } from '../columns/input.tsx'
import { ProductInput, RowInput } from '../columns/picker.tsx'
import { faultsOf, isPlaced } from '../columns/problems.ts'
import { processRoutes } from '../routes.ts'
import { textSearch } from '../search.ts'
import { useWords } from '../words.ts'
import { UnknownProcess } from './case-page.tsx'
import { useProcesses } from './shapes.ts'
import '../declared.css'
import './process.css'

/** A new case: the form of the process, about the row that the address names where it is about one. */
export function NewCasePage() {
  const { t } = useTranslation('process')
  const { process = '' } = useParams({ strict: false })
  const processes = useProcesses()
  return (
    <LoadedPage query={processes} title={t('open')}>
      {all => {
        const shape = all.find(({ name }) => name === process)
        return shape?.may.includes('open') ? <NewCase key={process} shape={shape} /> : <UnknownProcess />
      }}
    </LoadedPage>
  )
}

interface Kept {
  readonly id: string
  readonly about: string
  readonly form: Draft
}

function NewCase({ shape }: { shape: ProcessShape }) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const words = useWords(shape.name)
  const { about = '' } = textSearch(useSearch({ strict: false }))
  const empty = useMemo<Kept>(() => ({ id: newId(), about, form: {} }), [about])
  const intention = useIntention(`${programme}.case.${shape.name}`, empty)
  const { draft, setDraft } = intention
  const [checked, setChecked] = useState(false)
  const box = useRef<HTMLFormElement>(null)
  const open = useOpen(shape, intention)
  const { values, faults: own } = wireOf(shape.form, draft.form)
  const lacksAbout = shape.about !== null && draft.about === ''
  const faults: Faults = { ...(open.error ? faultsOf(open.error) : {}), ...(checked ? own : {}) }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (Object.keys(own).length === 0 && !lacksAbout) open.mutate(values)
    else requestAnimationFrame(() => focusFault(box.current))
  }
  const context = { words, names: {} }
  return (
    <Page title={t('open.title', { process: words.title })} lead={words.find('lead')}>
      <form ref={box} className="card stack" onSubmit={submit} noValidate>
        {open.error && !isPlaced(open.error) ? <ProblemNotice error={open.error} /> : null}
        <div className="form-grid">
          {shape.about ? (
            <AboutField
              register={shape.about}
              value={draft.about}
              missing={checked && lacksAbout}
              change={row => setDraft({ ...draft, about: row })}
            />
          ) : null}
          {shape.form.map(column => (
            <ColumnField
              key={column.name}
              column={column}
              value={draft.form[column.name]}
              context={context}
              fault={faults[column.name]}
              change={value => setDraft({ ...draft, form: { ...draft.form, [column.name]: value } })}
            />
          ))}
        </div>
        <div className="form-actions">
          <button type="submit" className="button button-main" disabled={open.isPending}>
            {t(open.isPending ? 'sending' : 'open.send', open.isPending ? { ns: 'common' } : {})}
          </button>
        </div>
      </form>
    </Page>
  )
}

function focusFault(form: HTMLFormElement | null): void {
  const field = form?.querySelector('.field-error')?.closest('.field')
  field?.querySelector<HTMLElement>('input, select, textarea')?.focus()
}

type WireForm = ReturnType<typeof wireOf>['values']

function useOpen(shape: ProcessShape, { draft, key, done }: { draft: Kept; key: string; done(): void }) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const navigate = useNavigate()
  const say = useSay()
  return useMutation({
    mutationFn: (form: WireForm) =>
      send(processRoutes.open, {
        params: { programme, process: shape.name },
        key,
        body: { id: draft.id, form, ...(shape.about ? { about: draft.about } : {}) },
      }),
    onSuccess: async ({ id }) => {
      done()
      say(t('opened'))
      await client.invalidateQueries({ queryKey: ['cases'] })
      await navigate({
        to: '/p/$programme/cases/$process/$case',
        params: { programme, process: shape.name, case: id },
      })
    },
    onError: error => {
      if (error instanceof Problem && error.code === 'idempotency.mismatch') done()
    },
  })
}

interface AboutFieldProps {
  readonly register: string
  readonly value: string
  readonly missing: boolean
  change(row: string): void
}

/** The row that the case is about, of the register that the process names. */
function AboutField({ register, value, missing, change }: AboutFieldProps) {
  const { t } = useTranslation(['process', 'declared'])
  const words = useWords(register)
  const column = { ...plainColumn, of: [register] }
  const Input = register === 'product' ? ProductInput : RowInput
  return (
    <fieldset className="field field-wide">
      <legend>
        {register === 'product' ? t('about.product') : t('about.choose', { register: words.title })}
      </legend>
      <Input
        column={column}
        value={value}
        context={{ words, names: {} }}
        id="about"
        describedBy={missing ? 'about-fault' : undefined}
        invalid={missing}
        change={row => change(typeof row === 'string' ? row : '')}
      />
      {missing ? (
        <p id="about-fault" className="field-error">
          {t('fault.value.required', { ns: 'declared' })}
        </p>
      ) : null}
    </fieldset>
  )
}

const plainColumn: ProcessShape['form'][number] = {
  ...{ name: 'about', kind: 'row', required: true, personal: null, filter: false, sort: false },
  ...{ search: false, listed: true, frozen: false, proposed: false, computed: false, max: null, min: null },
  ...{ format: null, unit: null, of: [], level: null },
}
