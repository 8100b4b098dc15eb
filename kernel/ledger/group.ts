import type { Database, Scope } from '../database/database.ts'
import { Group } from '../database/group.ts'
import { must, ok } from '../result/result.ts'
import type { Entry, Outcome } from './entry.ts'
import { post } from './post.ts'

/**
 * Posts the entries of many callers together, at most 500 a transaction, each with its own outcome as `post` gives it: a
 * hot account is locked and written once a batch. Its callers bring no transaction of their own; what belongs to the
 * entry must be in it. An entry sent again, by its caller or after an error of its batch, is `repeated`.
 */
export const groupPost = (database: Database, scope: Scope): Group<Entry, Outcome> =>
  new Group({
    run: async entries => must(await database.write(scope, async tx => ok(await post(tx, entries)))),
  })
