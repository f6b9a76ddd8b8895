import type { APIGuildMember } from 'discord-api-types/v10'
import { z } from 'zod'
import { readForm, snowflake } from '../forms/form.ts'
import { may, permissionsIn } from '../permissions.ts'
import { refuse } from '../refusal.ts'
import { isOlder } from '../snowflake.ts'
import { presentThread } from '../world/present.ts'
import { GUILD_NAME, presentApplication, presentGuild } from '../world/present-guild.ts'
import { userOf } from '../world/world.ts'
import type { Call, Route } from './route.ts'

const GUILD = '/guilds/{guild_id}'

const demandGuild = ({ world, param }: Call): void => {
  if (param('guild_id') !== world.ids.guild) throw refuse(10004)
}

const inGuild =
  (run: Route['run']): Route['run'] =>
  (call) => {
    demandGuild(call)
    return run(call)
  }

const memberOf = ({ world }: Call, id: string): APIGuildMember => {
  if (!world.users.get(id)) throw refuse(10013)
  const member = world.members.get(id)
  if (!member) throw refuse(10007)
  return member
}

const Paging = z.object({
  limit: z.string().regex(/^\d+$/).transform(Number).default(1),
  after: snowflake.optional(),
})

export const guildRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: GUILD,
    bucket: 'guild_read',
    run: inGuild(({ world, query }) => {
      const count = world.members.all().length
      const counts = { approximate_member_count: count, approximate_presence_count: count }
      return { ...presentGuild(world), ...(query.with_counts === 'true' ? counts : {}) }
    }),
  },
  {
    method: 'GET',
    path: `${GUILD}/channels`,
    bucket: 'guild_read',
    run: inGuild(({ world }) => world.textChannels.all()),
  },
  {
    method: 'GET',
    path: `${GUILD}/roles`,
    bucket: 'guild_read',
    run: inGuild(({ world }) => world.roles.all()),
  },
  {
    method: 'GET',
    path: `${GUILD}/threads/active`,
    bucket: 'guild_read',
    run: inGuild(({ world, me }) => {
      const active = world.threads.all().filter((thread) => {
        return !thread.thread_metadata.archived && may(world, me, thread, 'ViewChannel')
      })
      return {
        threads: active.map((thread) => presentThread(world, thread, me)),
        members: active.flatMap(({ id }) => world.memberships.get(id, me) ?? []),
      }
    }),
  },
  {
    method: 'GET',
    path: `${GUILD}/members`,
    bucket: 'guild_read',
    run: inGuild(({ world, query, privileged }) => {
      if (!privileged.guildMembers) throw refuse(50001)
      const { limit, after } = readForm(Paging, query)
      return world.members
        .all()
        .filter(({ user }) => !after || isOlder(after, user.id))
        .slice(0, limit)
    }),
  },
  {
    method: 'GET',
    path: `${GUILD}/members/{user_id}`,
    bucket: 'guild_read',
    run: inGuild((call) => memberOf(call, call.param('user_id'))),
  },
  {
    method: 'GET',
    path: '/users/@me',
    bucket: 'user_read',
    run: ({ world, me }) => userOf(world, me),
  },
  {
    method: 'GET',
    path: '/users/@me/guilds',
    bucket: 'user_read',
    run: ({ world, me }) => [
      {
        id: world.ids.guild,
        name: GUILD_NAME,
        icon: null,
        banner: null,
        owner: false,
        permissions: permissionsIn(world, me).toString(),
        features: [],
      },
    ],
  },
  {
    method: 'GET',
    path: '/users/{user_id}',
    bucket: 'user_read',
    run: ({ world, param }) => {
      const user = world.users.get(param('user_id'))
      if (!user) throw refuse(10013)
      return user
    },
  },
  ...['/applications/@me', '/oauth2/applications/@me'].map(
    (path): Route => ({
      method: 'GET',
      path,
      bucket: 'user_read',
      run: ({ world, privileged }) => presentApplication(world, privileged),
    }),
  ),
  { method: 'GET', path: '/gateway', bucket: 'gateway', run: ({ gatewayUrl }) => ({ url: gatewayUrl }) },
  {
    method: 'GET',
    path: '/gateway/bot',
    bucket: 'gateway',
    run: ({ gatewayUrl }) => ({
      url: gatewayUrl,
      shards: 1,
      session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
    }),
  },
]
