import { GatewayIntentBits, GatewayVersion } from 'discord-api-types/v10'
import { may } from '../permissions.ts'
import { applicationFlags, type PrivilegedIntents } from '../settings.ts'
import { presentThread } from '../world/present.ts'
import { presentGuild } from '../world/present-guild.ts'
import { userOf, type World } from '../world/world.ts'

/** READY names the guilds as not yet available; each then comes as a GUILD_CREATE. */
export const readyOf = (world: World, session: string, url: string, privileged: PrivilegedIntents) => ({
  v: Number(GatewayVersion),
  user: { ...userOf(world, world.ids.bot), verified: true, mfa_enabled: false, email: null },
  user_settings: {},
  guilds: [{ id: world.ids.guild, unavailable: true }],
  private_channels: [],
  relationships: [],
  presences: [],
  guild_join_requests: [],
  geo_ordered_rtc_regions: [],
  session_id: session,
  session_type: 'normal',
  resume_gateway_url: url,
  shard: [0, 1],
  application: { id: world.ids.bot, flags: applicationFlags(privileged) },
  auth: {},
})

export const guildCreateOf = (world: World, intents: number) => {
  const { bot } = world.ids
  const members = world.members.all()
  const threads = world.threads.all().filter((thread) => {
    return !thread.thread_metadata.archived && may(world, bot, thread, 'ViewChannel')
  })
  return {
    ...presentGuild(world),
    joined_at: world.members.get(bot)?.joined_at,
    large: false,
    unavailable: false,
    member_count: members.length,
    // Without the presences intent Discord names nobody but the bot.
    members:
      intents & GatewayIntentBits.GuildPresences ? members : members.filter(({ user }) => user.id === bot),
    channels: world.textChannels.all().map(({ guild_id: _, ...channel }) => channel),
    threads: threads.map((thread) => presentThread(world, thread, bot)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    embedded_activities: [],
  }
}
