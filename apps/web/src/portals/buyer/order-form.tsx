import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { Problem } from '../../api/problem.ts'
import { yearOf } from '../../i18n/format.ts'
import { useDeclarations } from '../../quota/declarations.ts'
import { FourFigures } from '../../quota/four-figures.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Section } from '../../ui/page.tsx'
import { useSay } from '../../ui/said.tsx'
import { Empty, Loaded, ProblemNotice } from '../../ui/states.tsx'
import { type BasketGoods, isReady } from './basket-offers.ts'
import { chosenAmong, fittingIn } from './declaration-choice.ts'

interface Draft {
  readonly declarationId: string
  readonly note: string
}

const empty: Draft = { declarationId: '', note: '' }

interface OrderFormProps {
  readonly goods: readonly BasketGoods[]
  emptied(): void
}

/** Chooses the declaration the order is for and places it: one order a seller, all of them or none. */
export function OrderForm({ goods, emptied }: OrderFormProps) {
  const { t } = useTranslation('basket')
  const programme = useProgrammeId()
  const intention = useIntention<Draft>(`${programme}.order`, empty)
  const { draft, setDraft } = intention
  const declarations = useDeclarations()
  const fitting = fittingIn(declarations.data ?? [], yearOf(new Date()))
  const declarationId = chosenAmong(fitting, draft.declarationId)
  const place = usePlace(goods, { ...intention, draft: { ...draft, declarationId } }, emptied)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    place.mutate()
  }
  return (
    <form className="stack" onSubmit={submit}>
      <Section title={t('declaration')} note={t('declaration.note')}>
        <Loaded query={declarations}>
          {() => (
            <Declarations
              list={fitting}
              chosen={declarationId}
              choose={declarationId => setDraft({ ...draft, declarationId })}
            />
          )}
        </Loaded>
      </Section>
      <NoteField note={draft.note} setNote={note => setDraft({ ...draft, note })} />
      {place.isError ? <ProblemNotice error={place.error} /> : null}
      <div>
        <button
          type="submit"
          className="button button-main"
          disabled={!declarationId || !isReady(goods) || place.isPending}
        >
          {t(place.isPending ? 'placing' : 'place')}
        </button>
        <p className="field-hint">{t('place.hint')}</p>
      </div>
    </form>
  )
}

function usePlace(
  goods: readonly BasketGoods[],
  { key, draft, done }: { key: string; draft: Draft; done(): void },
  emptied: () => void,
) {
  const { t } = useTranslation('basket')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const navigate = useNavigate()
  const say = useSay()
  const lines = goods.flatMap(({ offer, pieces }) =>
    offer ? [{ offerId: offer.id, offerVersion: offer.version, pieces }] : [],
  )
  return useMutation({
    mutationFn: () => call('placeOrder', { params: { programme }, key, body: { ...draft, lines } }),
    onSuccess: async ({ orders }) => {
      done()
      emptied()
      await client.invalidateQueries()
      say(t('placed', { numbers: orders.map(({ number }) => number).join(t('list.join')) }))
      const [only, ...more] = orders
      if (only && more.length === 0)
        return navigate({ to: '/p/$programme/buyer/orders/$order', params: { programme, order: only.id } })
      return navigate({ to: '/p/$programme/buyer/orders', params: { programme } })
    },
    onError: async error => {
      if (error instanceof Problem && error.code === 'idempotency.mismatch') done()
      // prices and stock may have moved: show them as they are
      await client.invalidateQueries({ queryKey: ['offer', programme] })
    },
  })
}

interface DeclarationsProps {
  readonly list: readonly Declaration[]
  readonly chosen: string
  choose(id: string): void
}

function Declarations({ list, chosen, choose }: DeclarationsProps) {
  const { t } = useTranslation(['basket', 'quota'])
  if (list.length === 0) return <Empty title={t('declaration.none')}>{t('declaration.none.hint')}</Empty>
  return (
    <fieldset className="quota-choices">
      <legend className="visually-hidden">{t('declaration')}</legend>
      {list.map(declaration => (
        <label key={declaration.id} className="card quota-choice">
          <input
            type="radio"
            name="declaration"
            value={declaration.id}
            checked={chosen === declaration.id}
            onChange={() => choose(declaration.id)}
          />
          <span className="stack">
            <strong>{t('of', { ns: 'quota', unit: declaration.unitName, year: declaration.year })}</strong>
            <FourFigures figures={declaration} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function NoteField({ note, setNote }: { note: string; setNote(note: string): void }) {
  const { t } = useTranslation('basket')
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('note')}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={500}
        value={note}
        onChange={event => setNote(event.target.value)}
      />
    </div>
  )
}
