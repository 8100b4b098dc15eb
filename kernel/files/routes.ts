import type { Database } from '../database/database.ts'
import { fileAnswer } from '../http/file-answer.ts'
import { type Route, route } from '../http/route.ts'
import { refuse } from '../result/result.ts'
import { fileName, filePath, fileStored, newFileQuery } from './contract.ts'
import { giveFile, takeFile } from './service.ts'
import type { FileKit } from './store.ts'
import type { FileReaders } from './uses.ts'

export interface FileRouteKit {
  readonly app: Database
  readonly files: FileKit
}

export const fileRoutes = (kit: FileRouteKit, readers: FileReaders): Route[] => [
  route({
    method: 'POST',
    path: '/files',
    action: 'file.upload',
    summary: '上传文件 Upload a file',
    query: newFileQuery,
    raw: true,
    answer: fileStored,
    handle: async ({ scope, command, query, raw, rawType, rawName }) => {
      const name = fileName.safeParse(rawName ?? query.name)
      if (!name.success) return refuse('input.invalid', { fields: ['querystring/name'], reasons: ['name'] })
      const given = { name: name.data, kind: query.kind, type: rawType, content: raw }
      return takeFile(kit.app, scope, kit.files, command, given)
    },
  }),
  route({
    method: 'GET',
    path: '/files/{file}',
    action: 'file.read',
    summary: '下载文件 Download a file',
    params: filePath,
    stream: true,
    answer: fileAnswer,
    handle: ({ scope, principal, params, requestId }) =>
      kit.app.write(scope, tx => giveFile(tx, kit.files, readers, principal, params.file, requestId)),
  }),
]
