import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { newId } from '../api/ids.ts'
import { Problem } from '../api/problem.ts'
import { send } from '../api/send.ts'
import { useProgrammeId } from '../session/programme.ts'
import { type BrowserKey, browserKeys, forgetKey, signedWith } from './browser-keys.ts'
import { signingRoutes } from './routes.ts'
import { type Checked, checkToSign, type Shown, signedEntry, textToSign } from './to-sign.ts'

/** The keys of this browser that the server has on record. */
export function useBrowserKeys(): readonly BrowserKey[] {
  const programme = useProgrammeId()
  const keys = useQuery({
    queryKey: ['browser-keys', programme],
    queryFn: () => browserKeys(programme),
    networkMode: 'always',
  })
  return (keys.data ?? []).filter(key => key.registered)
}

/** The key for a holder's words; of somebody who stands for one that took over, their own. */
export const keyFor = (keys: readonly BrowserKey[], holder?: string): BrowserKey | undefined =>
  keys.find(key => key.holder === holder) ?? keys[0]

/** What is to be signed, once it was held against what the page shows. Problem: `countersignature.differs`. */
export async function askToSign(programme: string, key: BrowserKey, shown: Shown): Promise<Checked> {
  const params = { programme, fact: shown.fact }
  const { log } = await send(signingRoutes.keys, { params: { programme }, query: { limit: 1 } })
  const asked = await send(signingRoutes.toSign, { params, query: { key: key.keyId } }).catch(forgetting(key))
  const checked = checkToSign(asked, shown, { keyId: key.keyId, log })
  if (!checked) throw new Problem('countersignature.differs', 0)
  return checked
}

/** Signs what was shown and sends it; sent twice it is recorded once. */
export async function signAndSend(programme: string, key: BrowserKey, { body }: Checked): Promise<void> {
  const sig = await signedWith(key, textToSign(body))
  const fact = (body.pub as { fact: string }).fact
  await send(signingRoutes.countersign, {
    params: { programme, fact },
    key: newId(),
    body: { entry: signedEntry(body, sig) },
  }).catch(forgetting(key))
}

/** A key that was ended elsewhere is of no use here any more. */
const forgetting = (key: BrowserKey) => async (error: unknown) => {
  if (error instanceof Problem && error.code === 'key.revoked') await forgetKey(key.keyId)
  throw error
}

/** Both at once, for who has been told in words what is signed. Signed before is as good. */
export async function countersign(programme: string, key: BrowserKey, shown: Shown): Promise<void> {
  try {
    await signAndSend(programme, key, await askToSign(programme, key, shown))
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'fact.countersigned')) throw error
  }
}

export function useSignAndSend(key: BrowserKey) {
  const programme = useProgrammeId()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (checked: Checked) => signAndSend(programme, key, checked),
    onSuccess: () => client.invalidateQueries(),
  })
}
