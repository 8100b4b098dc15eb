import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyIdOf, publicKeyOf } from '@silian/kernel/fact/ed25519.ts'
import { isSignedBy, parseEntry } from '@silian/kernel/fact/entry.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bankSigner } from './bank-signer.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silian-bank-'))
})
afterEach(() => rm(folder, { recursive: true }))

const log = 'silian.example/demo/shenzhen'
const word = {
  type: 'bank.credited',
  pub: { reference: 'C-1', code: 'P123', fen: '100', bookedAt: '2025-10-08T02:00:00.000Z' },
  at: new Date('2025-10-08T02:00:00Z'),
} as const

it('signs entries that the log takes as the word of a key of its own', async () => {
  const signer = await bankSigner(folder)
  const entry = parseEntry(signer.sign(log, word))!
  expect(entry).toMatchObject({
    v: 1,
    type: 'bank.credited',
    by: 'own',
    actor: signer.keyId,
    log,
    pub: word.pub,
  })
  expect(isSignedBy(entry, publicKeyOf(signer.publicKey))).toBe(true)
  expect(signer.keyId).toBe(keyIdOf(signer.publicKey))
})

it('signs the same bytes for the same word, also after a restart, and others for another', async () => {
  const bytes = (await bankSigner(folder)).sign(log, word)
  const again = await bankSigner(folder)
  expect(again.sign(log, word)).toEqual(bytes)
  const other = again.sign(log, { ...word, pub: { ...word.pub, reference: 'C-2' } })
  expect(parseEntry(other)!.id).not.toBe(parseEntry(bytes)!.id)
})

it('keeps the raw seed where only we read it, and leaves no half-written file', async () => {
  await bankSigner(folder)
  const file = join(folder, 'bank/key.json')
  const key = JSON.parse(await readFile(file, 'utf8')) as { publicKey: string; privateKey: string }
  expect([key.publicKey, key.privateKey].map(text => Buffer.from(text, 'base64').length)).toEqual([32, 32])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(stat(`${file}.new`)).rejects.toThrow('ENOENT')
})

it('does not make another key over one that it cannot read', async () => {
  await bankSigner(folder)
  await writeFile(join(folder, 'bank/key.json'), '{"publicKey":')
  await expect(bankSigner(folder)).rejects.toThrow(SyntaxError)
})
