import { holderOf } from '@silian/kernel/access/holder.ts'
import type { Permit } from '@silian/kernel/access/permit.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import { command } from '@silian/kernel/database/command.ts'
import { writeDocx } from '@silian/kernel/documents/docx.ts'
import { writePdf } from '@silian/kernel/documents/pdf.ts'
import { fileAnswer } from '@silian/kernel/http/file-answer.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import {
  bulletin,
  bulletinPublication,
  bulletinPublished,
  bulletinSaved,
  bulletins,
  bulletinText,
  newBulletin,
} from './contract.ts'
import { documentOf } from './document.ts'
import { listBulletins, logHead, readBulletin } from './reads.ts'
import { draftBulletin, publishBulletin, writeBulletin } from './service.ts'

const params = z.object({ bulletin: id })
const PDF = 'application/pdf'
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const bulletinRoutes = (kit: Kit, permit: Permit): Route[] => [
  route({
    method: 'GET',
    path: '/bulletins',
    action: 'bulletin.read',
    summary: '月报 Monthly bulletins',
    answer: bulletins,
    handle: async ({ scope, principal }) =>
      ok(await kit.app.read(scope, tx => listBulletins(tx, mayWrite(permit, principal)))),
  }),
  route({
    method: 'GET',
    path: '/bulletins/{bulletin}',
    action: 'bulletin.read',
    summary: '月报内容 One bulletin',
    params,
    answer: bulletin,
    handle: ({ scope, principal, params: { bulletin: which } }) =>
      kit.app.read(scope, tx => readBulletin(tx, which, mayWrite(permit, principal))),
  }),
  documentRoute(kit, permit, 'docx'),
  documentRoute(kit, permit, 'pdf'),
  route({
    method: 'POST',
    path: '/bulletins',
    action: 'bulletin.write',
    summary: '起草月报 Draft a month from the metrics',
    body: newBulletin,
    answer: bulletinSaved,
    handle: ({ scope, body, command: once }) => command(kit.app, scope, once, tx => draftBulletin(tx, body)),
  }),
  route({
    method: 'POST',
    path: '/bulletins/{bulletin}/text',
    action: 'bulletin.write',
    summary: '修改月报文字 Write around the figures',
    params,
    body: bulletinText,
    answer: bulletinSaved,
    handle: ({ scope, params: { bulletin: which }, body, command: once }) =>
      command(kit.app, scope, once, tx => writeBulletin(tx, which, body)),
  }),
  route({
    method: 'POST',
    path: '/bulletins/{bulletin}/publication',
    action: 'bulletin.write',
    summary: '公布月报 Freeze and publish',
    params,
    body: bulletinPublication,
    answer: bulletinPublished,
    handle: ({ scope, principal, params: { bulletin: which }, body, command: once }) =>
      command(kit.app, scope, once, tx => publishBulletin(tx, kit, holderOf(principal), which, body.version)),
  }),
]

const mayWrite = (permit: Permit, principal: Principal): boolean => permit(principal, 'bulletin.write').ok

const documentRoute = (kit: Kit, permit: Permit, as: 'docx' | 'pdf'): Route =>
  route({
    method: 'GET',
    path: `/bulletins/{bulletin}/document.${as}`,
    action: 'bulletin.read',
    summary: `月报文件 The bulletin as ${as}`,
    params,
    answer: fileAnswer,
    stream: true,
    handle: async ({ scope, principal, params: { bulletin: which } }) => {
      const found = await kit.app.read(scope, async tx => ({
        bulletin: await readBulletin(tx, which, mayWrite(permit, principal)),
        head: await logHead(tx),
        at: tx.at,
      }))
      if (!found.bulletin.ok) return found.bulletin
      const told = found.bulletin.value
      const document = documentOf(told, found.head, found.at)
      const content = as === 'pdf' ? await writePdf(document) : await writeDocx(document)
      return ok({ type: as === 'pdf' ? PDF : DOCX, name: `${told.title}.${as}`, content })
    },
  })
