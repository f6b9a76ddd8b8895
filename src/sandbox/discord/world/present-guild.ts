import {
  type APIApplication,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  Locale,
} from 'discord-api-types/v10'
import { applicationFlags, type PrivilegedIntents } from '../settings.ts'
import { userOf, type World } from './world.ts'

export const GUILD_NAME = 'The Reading Room'

/** The guild as REST gives it, without what the gateway adds. */
export const presentGuild = (world: World) => ({
  id: world.ids.guild,
  name: GUILD_NAME,
  icon: null,
  icon_hash: null,
  splash: null,
  discovery_splash: null,
  owner_id: world.ids.people.admin,
  region: null,
  afk_channel_id: null,
  afk_timeout: 300,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: GuildVerificationLevel.None,
  default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
  explicit_content_filter: GuildExplicitContentFilter.Disabled,
  roles: world.roles.all(),
  emojis: [],
  stickers: [],
  features: [],
  mfa_level: GuildMFALevel.None,
  application_id: null,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  max_presences: null,
  max_members: 500_000,
  vanity_url_code: null,
  description: null,
  banner: null,
  premium_tier: GuildPremiumTier.None,
  premium_subscription_count: 0,
  preferred_locale: Locale.EnglishUS,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  nsfw_level: GuildNSFWLevel.Default,
  premium_progress_bar_enabled: false,
  incidents_data: null,
})

export const presentApplication = (
  world: World,
  privileged: PrivilegedIntents,
): Partial<APIApplication> & Pick<APIApplication, 'id'> => ({
  id: world.ids.bot,
  name: userOf(world, world.ids.bot).username,
  icon: null,
  description: '',
  bot_public: false,
  bot_require_code_grant: false,
  verify_key: '0'.repeat(64),
  flags: applicationFlags(privileged),
  owner: userOf(world, world.ids.people.admin),
  bot: userOf(world, world.ids.bot),
  team: null,
  approximate_guild_count: 1,
  redirect_uris: [],
})
