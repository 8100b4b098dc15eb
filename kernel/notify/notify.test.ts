import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ShownOnce } from '../access/shown-once.ts'
import type { Words } from '../declared/words.ts'
import { newId } from '../ids/ids.ts'
import { orchard } from '../process/test-process.ts'
import { type ProcessStage, processStage } from '../process/test-stage.ts'
import { must, ok } from '../result/result.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { type Channels, channelsOf } from './channels.ts'
import { deliver, type Post } from './deliver.ts'
import { markRead, notificationsOf } from './reads.ts'
import { notificationRoutes } from './routes.ts'
import { addTarget, endTarget, maskTarget, targetsOf } from './targets.ts'
import { tell } from './tell.ts'
import { isOutside } from './webhook.ts'

interface Called {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let db: TestDatabase
let stage: ProcessStage
let smtp: SMTPServer
let hooks: Server
let channels: Channels
const mails: { to: string; text: string }[] = []
const calls: Called[] = []
let answer = 200

beforeAll(async () => {
  db = await testDatabase()
  stage = await processStage(db, [orchard])
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
          text: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
  })
  await new Promise<void>(resolve => smtp.listen(0, '127.0.0.1', resolve))
  hooks = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      calls.push({ headers: request.headers, body })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>(resolve => hooks.listen(0, '127.0.0.1', resolve))
  const { port } = smtp.server.address() as AddressInfo
  channels = channelsOf({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mailFrom: 'silian@example.com',
    insideToo: true,
  })
})
afterAll(async () => {
  await Promise.all([
    new Promise(resolve => smtp.close(() => resolve(null))),
    new Promise(resolve => hooks.close(resolve)),
  ])
  await db?.close()
})

const said: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  notification: {
    'task.opened': '{{process}}：“{{state}}”，{{dueOn}} 前',
    'task.opened.subject': '待办：{{process}}',
  },
  orchard: { title: '果园', 'state.township': '乡镇初审' },
}
const words: Words = {
  of: (_, name) => said[name] ?? {},
  say: (_, name, key) => said[name]?.[key] ?? key,
}
const post = (): Post => ({ words, channels, publicUrl: 'https://silian.example' })

const member = (name: string): string => stage.id(`member ${name}`)
const write = <T>(work: Parameters<typeof db.app.write<T>>[1]) => db.app.write(stage.scope(), work)
const word = (cause: string) => ({
  kind: 'task.opened',
  cause,
  process: 'orchard',
  params: { state: 'township', dueOn: '2026-01-12' },
})
const officers = {
  member_id: null,
  role: 'county_officer',
  organisation_id: null,
  area_path: '45/4510/451003',
}
const one = (name: string) => ({
  member_id: member(name),
  role: null,
  organisation_id: null,
  area_path: null,
})

/** Tells somebody who has a target; returns both ids. */
async function told(name: string, target: Parameters<typeof addTarget>[3]) {
  const secret = new ShownOnce(stage.kit.vault, stage.scope(), 'webhook', newId()).signing()
  const { id } = must(await write(tx => addTarget(tx, stage.kit.vault, member(name), target, secret)))
  const cause = newId()
  must(await write(async tx => ok(await tell(tx, one(name), word(cause)))))
  const [row] = await stage.rows<{ id: string }>('select id from notification where cause = $1', [
    `task.opened:${cause}`,
  ])
  return { target: id, secret, notification: row!.id }
}
const bring = (notification: string, target: string) =>
  deliver({ app: db.app, vault: stage.kit.vault }, post(), stage.scope(), notification, target)

describe('a word to people', () => {
  it('reaches all who hold the role in that very area, once, and is read by themselves alone', async () => {
    const cause = newId()
    for (let twice = 0; twice < 2; twice++)
      must(await write(async tx => ok(await tell(tx, officers, word(cause)))))
    const seen = await stage.rows<{ member_id: string }>(
      'select member_id from notification where cause = $1',
      [`task.opened:${cause}`],
    )
    expect(seen.map(row => row.member_id).sort()).toEqual([member('officer'), member('officer-b')].sort())
    const mine = await db.app.read(stage.scope(), tx => notificationsOf(tx, member('officer'), { limit: 10 }))
    expect([mine.items.length, mine.unread, mine.items[0]]).toEqual([
      1,
      1,
      expect.objectContaining({ kind: 'task.opened', read: false, process: 'orchard', case: null }),
    ])
    const other = await write(async tx => ok(await markRead(tx, member('officer-b'), mine.items[0]!.id)))
    expect(must(other)).toBe(0)
    expect(must(await write(async tx => ok(await markRead(tx, member('officer'), mine.items[0]!.id))))).toBe(
      1,
    )
    const after = await db.app.read(stage.scope(), tx =>
      notificationsOf(tx, member('officer'), { limit: 10 }),
    )
    expect([after.unread, after.items[0]!.read]).toEqual([0, true])
  })

  it('puts nothing but ids into the queue, and only for those who are told elsewhere', async () => {
    await told('regulator', { channel: 'email', address: 'regulator@example.com', language: 'zh' })
    const jobs = await db.batch.read(stage.scope(), tx =>
      tx.query<{
        payload: object
      }>(`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'notification.deliver'`),
    )
    expect(jobs.length).toBe(1)
    expect(JSON.stringify(jobs)).not.toContain('example.com')
  })
})

/** Quoted-printable, as it came. */
const readable = (body: string): string =>
  Buffer.from(
    body
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString()

describe('by e-mail', () => {
  it('it arrives as plain text with state, day and link, and once', async () => {
    const { notification, target } = await told('force', {
      channel: 'email',
      address: 'force@example.com',
      language: 'zh',
    })
    const before = mails.length
    await bring(notification, target)
    await bring(notification, target)
    expect(mails.length).toBe(before + 1)
    const [mail] = mails.slice(-1)
    const text = readable(mail!.text.split('\r\n\r\n').slice(1).join('\n\n'))
    expect(mail!.to).toBe('force@example.com')
    expect(text.trim()).toBe('果园：“乡镇初审”，2026-01-12 前\n\nhttps://silian.example/p/shenzhen/inbox')
  })

  it('an address is sealed where it lies and masked where it is shown', async () => {
    await told('township', { channel: 'email', address: 'township@example.com', language: 'en' })
    const rows = await stage.rows<{ text: string }>('select t::text as text from notification_target t')
    expect(rows.map(({ text }) => text).join()).not.toContain(Buffer.from('example.com').toString('hex'))
    const shown = await db.app.read(stage.scope(), tx => targetsOf(tx, stage.kit.vault, member('township')))
    expect(shown).toEqual([
      { id: expect.any(String), channel: 'email', address: 'to***@example.com', language: 'en' },
    ])
    expect(maskTarget('https://hook.example.com/secret/path')).toBe('https://hook.example.com/***')
  })
})

describe('by webhook', () => {
  it('it is signed as Standard Webhooks has it, tried again until it is taken, and holds ids and codes only', async () => {
    const { notification, target, secret } = await told('officer2', {
      channel: 'webhook',
      address: 'https://hook.example.com/in',
      language: 'zh',
    })
    const { port } = hooks.address() as AddressInfo
    const inner = {
      ...post(),
      channels: {
        ...channels,
        hook: (hook: Parameters<Channels['hook']>[0]) =>
          channels.hook({ ...hook, url: `http://127.0.0.1:${port}/` }),
      },
    }
    const bringInner = () =>
      deliver({ app: db.app, vault: stage.kit.vault }, inner, stage.scope(), notification, target)
    answer = 500
    await expect(bringInner()).rejects.toMatchObject({ code: 'delivery.http_500' })
    answer = 204
    await bringInner()
    await bringInner()
    expect(calls.length).toBe(2)
    const { headers, body } = calls[1]!
    const signed = createHmac('sha256', Buffer.from(secret!.slice('whsec_'.length), 'base64'))
      .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
      .digest('base64')
    expect([headers['webhook-id'], headers['webhook-signature']]).toEqual([notification, `v1,${signed}`])
    expect(Object.keys(JSON.parse(body)).sort()).toEqual([
      'at',
      'case',
      'id',
      'kind',
      'params',
      'process',
      'programme',
    ])
  })

  it.each([
    ['http://hook.example.com', false],
    ['https://127.0.0.1/x', false],
    ['https://10.1.2.3', false],
    ['https://[::1]/', false],
    ['https://[::ffff:10.0.0.1]/', false],
    ['https://169.254.169.254/meta', false],
    ['https://localhost', false],
    ['https://db.internal', false],
    ['https://user:secret@hook.example.com', false],
    ['https://hook.example.com/in', true],
    ['https://8.8.8.8/in', true],
  ])('%s: outside is %s', (address, outside) => {
    expect(isOutside(address)).toBe(outside)
  })

  it('does not follow a name that leads inside', async () => {
    const strict = channelsOf({})
    const hook = {
      url: 'https://localhost.localdomain.example.invalid/',
      secret: 'whsec_',
      id: '1',
      at: new Date(),
      body: '',
    }
    await expect(strict.hook(hook)).rejects.toMatchObject({ message: 'a notification was not delivered' })
    await expect(strict.hook({ ...hook, url: 'https://127.0.0.1/' })).rejects.toMatchObject({
      code: 'delivery.address',
    })
  })
})

describe('a target', () => {
  it('shows its secret again to the same command, and keeps it in no answer', async () => {
    const add = notificationRoutes({ app: db.app, vault: stage.kit.vault }).find(
      ({ method, path }) => method === 'POST' && path === '/notification-targets',
    )!
    const body = { channel: 'webhook', address: 'https://hook.example.com/once', language: 'zh' }
    const call = {
      ...{ scope: stage.scope(), principal: { memberId: member('officer-b') }, body },
      command: { key: 'target-once', name: 'POST /notification-targets', input: body },
    }
    const ask = async () => must(await add.handle(call as never)) as { id: string; secret: string }
    const made = await ask()
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
    expect(await ask()).toEqual(made)
    const kept = await stage.rows<{ answer: object }>('select answer from idempotency where key = $1', [
      'target-once',
    ])
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toContain(made.secret)
    must(await write(tx => endTarget(tx, member('officer-b'), made.id)))
  })

  it('is refused inside our own house, after five, and to those who are no members', async () => {
    const add = (of: string | null, address: string) =>
      write(tx =>
        addTarget(tx, stage.kit.vault, of, { channel: 'webhook', address, language: 'zh' }, 'whsec_x'),
      )
    expect(await add(member('mayor'), 'https://192.168.1.1/')).toMatchObject({ code: 'target.address' })
    expect(await add(null, 'https://hook.example.com')).toMatchObject({ code: 'member.not_found' })
    for (let n = 0; n < 5; n++) must(await add(member('mayor'), `https://hook.example.com/${n}`))
    expect(await add(member('mayor'), 'https://hook.example.com')).toMatchObject({
      code: 'target.too_many',
      params: { most: 5 },
    })
  })

  it('that was ended is told nothing more; another’s is not found', async () => {
    const { notification, target } = await told('clerk2', {
      channel: 'email',
      address: 'clerk@example.com',
      language: 'zh',
    })
    const end = (of: string) => write(tx => endTarget(tx, member(of), target))
    expect(await end('clerk')).toMatchObject({ code: 'target.not_found' })
    must(await end('clerk2'))
    expect(await end('clerk2')).toMatchObject({ code: 'target.not_found' })
    const before = mails.length
    await bring(notification, target)
    expect(mails.length).toBe(before)
  })
})
