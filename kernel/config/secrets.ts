import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Passwords of the database roles and the keys that encrypt personal data and held signing keys. */
export interface Secrets {
  readonly superuserPassword: string
  readonly ownerPassword: string
  readonly appPassword: string
  readonly batchPassword: string
  /** Base64, 32 bytes: wraps per-subject keys and held signing keys. */
  readonly masterKey: string
  /** Base64, 32 bytes: keyed hashes by which encrypted values are found. */
  readonly indexKey: string
  /** Signs session cookies. */
  readonly sessionSecret: string
}

const names: readonly (keyof Secrets)[] = [
  'superuserPassword',
  'ownerPassword',
  'appPassword',
  'batchPassword',
  'masterKey',
  'indexKey',
  'sessionSecret',
]

/** Reads `secrets.json` of the data folder, making it at the first start. Losing it loses every encrypted value. */
export async function loadSecrets(dataFolder: string): Promise<Secrets> {
  // 0711: the database's user must be able to pass through to its own folder, and see nothing else
  await mkdir(dataFolder, { recursive: true, mode: 0o711 })
  await chmod(dataFolder, 0o711)
  const file = join(dataFolder, 'secrets.json')
  const kept = await readFile(file, 'utf8').then(text => JSON.parse(text) as Partial<Secrets>, ignoreMissing)
  const secrets = Object.fromEntries(
    names.map(name => [name, kept?.[name] ?? newSecret(name)]),
  ) as unknown as Secrets
  if (names.some(name => kept?.[name] === undefined))
    await writeDurably(file, JSON.stringify(secrets, null, 2))
  return secrets
}

const newSecret = (name: keyof Secrets): string =>
  name.endsWith('Key') ? randomBytes(32).toString('base64') : randomBytes(24).toString('base64url')

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600)
  await handle.writeFile(text)
  await handle.sync()
  await handle.close()
  await rename(`${file}.new`, file)
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
