import { toBase64 } from '@silian/verifier/base64.ts'
import { utf8 } from '@silian/verifier/bytes.ts'
import { actorKeyId } from '@silian/verifier/keys.ts'
import { Problem } from '../api/problem.ts'

/** A key that lives in this browser and cannot be taken out of it: pages may sign with it and never see it. */
export interface BrowserKey {
  readonly keyId: string
  readonly programme: string
  readonly holder: string
  /** Base64 of the raw key. */
  readonly publicKey: string
  readonly privateKey: CryptoKey
  /** The server has it on record; until then it is kept, so that a lost answer makes no second one. */
  readonly registered: boolean
}

const STORE = 'keys'

function opened(): Promise<IDBDatabase> {
  const asked = indexedDB.open('silian-signing', 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'keyId' })
  return settled(asked)
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Problem('key.not_kept', 0))
  })

async function within<T>(
  mode: IDBTransactionMode,
  work: (keys: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened()
  try {
    return await settled(work(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

export const browserKeys = async (programme: string): Promise<BrowserKey[]> => {
  if (typeof indexedDB === 'undefined') return []
  const all = await within<BrowserKey[]>('readonly', keys => keys.getAll())
  return all.filter(key => key.programme === programme)
}

const keep = (key: BrowserKey) => within('readwrite', keys => keys.put(key))
export const forgetKey = (keyId: string) => within('readwrite', keys => keys.delete(keyId))
export const noteRegistered = (key: BrowserKey) => keep({ ...key, registered: true })

/**
 * The key of this browser that waits to be registered for the holder, or a new one. Problems: `key.insecure_page`,
 * where the page did not come over a safe connection; `key.no_ed25519`, where the browser is too old.
 */
export async function keyToRegister(programme: string, holder: string): Promise<BrowserKey> {
  if (!globalThis.crypto?.subtle) throw new Problem('key.insecure_page', 0)
  const waiting = (await browserKeys(programme)).find(key => key.holder === holder && !key.registered)
  if (waiting) return waiting
  const pair = await generated()
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const key: BrowserKey = {
    ...{ keyId: actorKeyId(raw), programme, holder, publicKey: toBase64(raw) },
    ...{ privateKey: pair.privateKey, registered: false },
  }
  await keep(key)
  return key
}

async function generated(): Promise<CryptoKeyPair> {
  try {
    return (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair
  } catch {
    throw new Problem('key.no_ed25519', 0)
  }
}

/** Base64 of the key's signature over the text. */
export async function signedWith({ privateKey }: BrowserKey, text: string): Promise<string> {
  const bytes = utf8(text) as Uint8Array<ArrayBuffer>
  return toBase64(new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, bytes)))
}
