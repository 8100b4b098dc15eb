import { holderOf } from '@silian/kernel/access/holder.ts'
import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { consent, linkPage, linkQuery, newProposal, proposalPage, proposalQuery } from './contract.ts'
import { listLinks, listProposals } from './reads.ts'
import { answerProposal, proposeLink } from './service.ts'

const made = z.object({ id })

export const linkRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/links',
    action: 'link.read',
    summary: '利益联结台账 Benefit links with what they have brought',
    query: linkQuery,
    answer: linkPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listLinks(tx, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/links',
    action: 'link.propose',
    summary: '提出利益联结 Offer a household a benefit link',
    body: newProposal,
    answer: made,
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, tx => proposeLink(tx, kit, reach, body)),
  }),
  route({
    method: 'GET',
    path: '/link-proposals',
    action: 'link.read',
    summary: '待农户同意的联结 Links offered to households and what these said',
    query: proposalQuery,
    answer: proposalPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listProposals(tx, kit, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/link-proposals/{link}/answer',
    action: 'link.consent',
    summary: '农户同意 Record what the household said; with its consent the link is signed',
    params: z.object({ link: id }),
    body: consent,
    answer: made,
    handle: ({ scope, reach, principal, params, body, command: once }) =>
      command(kit.app, scope, once, tx =>
        answerProposal(tx, kit, reach, holderOf(principal), params.link, body),
      ),
  }),
]
