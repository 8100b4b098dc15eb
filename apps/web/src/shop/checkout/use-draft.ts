import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'
import { store } from '../cart/store.ts'
import { type Draft, newDraft, stepOf } from './draft.ts'

/** The draft of a programme's checkout, made when there is none; undefined until it was looked for. */
export function useDraft(programme: string): Draft | undefined {
  const [draft, setDraft] = useState<Draft>()
  useEffect(() => {
    const found = liveQuery(() => store.drafts.get(programme)).subscribe({
      next: kept => (kept ? setDraft(kept) : void keepDraft(newDraft(programme))),
      error: () => setDraft(newDraft(programme)),
    })
    return () => found.unsubscribe()
  }, [programme])
  return draft
}

export const keepDraft = (draft: Draft): Promise<unknown> => store.drafts.put(draft)

/** The next intention begins with what the last one wrote: phone, address and way stay, the note does not. */
export const finishDraft = ({ programme, form }: Draft): Promise<unknown> =>
  keepDraft(newDraft(programme, { ...form, note: '' }))

/** The phone that was just proven is the first to be called about what is bought next, unless another was written. */
export async function writePhone(programme: string, phone: string): Promise<void> {
  const draft = (await store.drafts.get(programme).catch(() => undefined)) ?? newDraft(programme)
  if (!draft.form.phone && stepOf(draft) === 'writing')
    await keepDraft({ ...draft, form: { ...draft.form, phone } }).catch(() => undefined)
}

/** Whoever leaves, leaves no phone or address behind for the next hand on this device. */
export const forgetDraft = (programme: string): Promise<void> =>
  store.drafts.delete(programme).catch(() => undefined)
