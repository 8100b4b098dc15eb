import { describe, expect, it } from 'vitest'
import { openCheckpoint } from '../../verifier/checkpoint.ts'
import { parseVkey } from '../../verifier/vkey.ts'
import { generateRaw, privateKeyOf } from '../fact/ed25519.ts'
import { EMPTY_ROOT } from './merkle.ts'
import { readCheckpoint, signCheckpoint, signNote, type TreeHead, vkeyOf } from './note.ts'

const raw = generateRaw()
const signer = {
  name: 'log.example/demo/shenzhen',
  publicKey: raw.publicKey,
  privateKey: privateKeyOf(raw.seed),
}
const root = Buffer.alloc(32, 7)
const signed = (head: TreeHead) => signCheckpoint(head, signer.name, [signer])

describe('notes', () => {
  it('name a key as the Go implementation does', () => {
    const key = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1)
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    expect(vkeyOf({ name: 'PeterNeumann', publicKey: key })).toBe(vkey)
  })

  it('carry the text, an empty line and one signature line', () => {
    const lines = signNote('any text\n', [signer]).split('\n')
    expect(lines.slice(0, 2)).toEqual(['any text', ''])
    expect(lines[2]).toMatch(/^\u2014 log\.example\/demo\/shenzhen [A-Za-z0-9+/]{91}=$/)
    expect(lines.slice(3)).toEqual([''])
  })

  it('sign again to the same bytes, so that a repeated write changes nothing', () => {
    expect(signed({ size: 5, root })).toBe(signed({ size: 5, root }))
  })
})

describe('checkpoints', () => {
  it('are opened by the independent verifier with our verifier key, and by no other', async () => {
    const note = signed({ size: 1234, root })
    expect(parseVkey(vkeyOf(signer)).ok).toBe(true)
    expect(await openCheckpoint(Buffer.from(note), { vkey: vkeyOf(signer) })).toMatchObject({
      ok: true,
      value: { origin: signer.name, size: 1234, root: new Uint8Array(root), extensions: [] },
    })
    const other = vkeyOf({ name: signer.name, publicKey: generateRaw().publicKey })
    expect((await openCheckpoint(Buffer.from(note), { vkey: other })).ok).toBe(false)
    const changed = Buffer.from(note.replace('1234', '1235'))
    expect((await openCheckpoint(changed, { vkey: vkeyOf(signer) })).ok).toBe(false)
  })

  it('are read back', () => {
    expect(readCheckpoint(signed({ size: 0, root: EMPTY_ROOT }))).toEqual({
      size: 0,
      root: EMPTY_ROOT,
    })
    expect(readCheckpoint(signed({ size: 2 ** 45, root }))).toEqual({ size: 2 ** 45, root })
  })
})
