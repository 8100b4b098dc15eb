import type * as bulletins from '@silian/chains/assurance/bulletins/contract.ts'
import { command, get, type In, type Out } from '../../api/route.ts'

/** What the pages of bulletins ask for, below `/api/v1`. */
export const bulletinRoutes = {
  bulletins: get<{ answer: Out<typeof bulletins.bulletins> }>()('/p/:programme/bulletins'),
  bulletin: get<{ answer: bulletins.Bulletin }>()('/p/:programme/bulletins/:bulletin'),
  draft: command<{ body: In<typeof bulletins.newBulletin>; answer: Out<typeof bulletins.bulletinSaved> }>()(
    '/p/:programme/bulletins',
  ),
  write: command<{ body: In<typeof bulletins.bulletinText>; answer: Out<typeof bulletins.bulletinSaved> }>()(
    '/p/:programme/bulletins/:bulletin/text',
  ),
  publish: command<{
    body: In<typeof bulletins.bulletinPublication>
    answer: Out<typeof bulletins.bulletinPublished>
  }>()('/p/:programme/bulletins/:bulletin/publication'),
} as const
