import {
  changeAccount,
  closePerson,
  createPerson,
  revealPerson,
} from '@silian/kernel/access/administer-people.ts'
import { giveRole, takeRole } from '@silian/kernel/access/administer-roles.ts'
import {
  changed,
  newPerson,
  newRole,
  passwordGiven,
  peoplePage,
  peopleQuery,
  personDetail,
  personMade,
  revealBody,
  revealed,
} from '@silian/kernel/access/administration-contract.ts'
import { erasePerson } from '@silian/kernel/access/erase-person.ts'
import { listPeople, readPerson } from '@silian/kernel/access/people.ts'
import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Whole } from '../compose.ts'
import { by } from './by.ts'

const params = z.object({ person: id })
const nothing = z.object({})

export const peopleRoutes = (kit: Whole): Route[] => [
  route({
    method: 'GET',
    path: '/people',
    action: 'person.read',
    summary: '人员 Members of the programme and what they may do',
    query: peopleQuery,
    answer: peoplePage,
    handle: async ({ scope, query }) => ok(await kit.app.read(scope, tx => listPeople(tx, kit.vault, query))),
  }),
  route({
    method: 'GET',
    path: '/people/{person}',
    action: 'person.read',
    summary: '人员详情 One member with every role held',
    params,
    answer: personDetail,
    handle: ({ scope, params: { person } }) => kit.app.read(scope, tx => readPerson(tx, kit.vault, person)),
  }),
  route({
    method: 'POST',
    path: '/people',
    action: 'person.change',
    summary: '新建账号 An account with a password that opens it once',
    body: newPerson,
    answer: personMade,
    handle: call => createPerson(kit, by(call), call.body),
  }),
  route({
    // what is shown is not kept as a command's answer would be; its record of access is
    method: 'POST',
    path: '/people/{person}/reveal',
    action: 'person.reveal',
    summary: '查看姓名 The name in clear, for a stated purpose',
    keyless: true,
    params,
    body: revealBody,
    answer: revealed,
    handle: ({ scope, params: { person }, body: { purpose }, requestId }) =>
      kit.app.write(scope, tx => revealPerson(tx, kit, { person, purpose, requestId })),
  }),
  route({
    method: 'POST',
    path: '/people/{person}/lock',
    action: 'person.change',
    summary: '停用账号 Nobody signs in with it until it is unlocked',
    params,
    body: nothing,
    answer: changed,
    handle: call => changeAccount(kit, by(call), call.params.person, 'lock'),
  }),
  route({
    method: 'POST',
    path: '/people/{person}/unlock',
    action: 'person.change',
    summary: '启用账号 The account may be signed in with again',
    params,
    body: nothing,
    answer: changed,
    handle: call => changeAccount(kit, by(call), call.params.person, 'unlock'),
  }),
  route({
    method: 'POST',
    path: '/people/{person}/password',
    action: 'person.change',
    summary: '重置密码 A password that opens the account once',
    params,
    body: nothing,
    answer: passwordGiven,
    handle: async call => {
      const given = await changeAccount(kit, by(call), call.params.person, 'password')
      return given.ok ? ok({ id: given.value.id, password: given.value.password! }) : given
    },
  }),
  ...leaving(kit),
  route({
    method: 'POST',
    path: '/people/{person}/roles',
    action: 'role.grant',
    summary: '授予角色 Give a member a role, somewhere and for a time',
    params,
    body: newRole,
    answer: changed,
    handle: call =>
      command(kit.app, call.scope, call.command, tx =>
        giveRole(tx, kit, by(call), { person: call.params.person, ...call.body }),
      ),
  }),
  route({
    method: 'POST',
    path: '/roles/{role}/end',
    action: 'role.grant',
    summary: '撤销角色 End a role that is held',
    params: z.object({ role: id }),
    body: nothing,
    answer: changed,
    handle: call =>
      command(kit.app, call.scope, call.command, tx => takeRole(tx, kit, by(call), call.params.role)),
  }),
]

/** How somebody goes: out of the programme, and for good. */
const leaving = (kit: Whole): Route[] => [
  route({
    method: 'POST',
    path: '/people/{person}/closing',
    action: 'person.change',
    summary: '移出项目 A member leaves the programme, and all roles with it',
    params,
    body: nothing,
    answer: changed,
    handle: call =>
      command(kit.app, call.scope, call.command, tx => closePerson(tx, kit, by(call), call.params.person)),
  }),
  route({
    method: 'POST',
    path: '/people/{person}/erasure',
    action: 'person.change',
    summary: '注销并删除个人信息 Close the account and destroy what names its person',
    params,
    body: nothing,
    answer: changed,
    handle: call => erasePerson(kit, by(call), call.params.person),
  }),
]
