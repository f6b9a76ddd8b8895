import { ApplicationFlags, GatewayIntentBits } from 'discord-api-types/v10'

/** The switches of the developer portal: an intent that is off there closes the gateway with 4014. */
export type PrivilegedIntents = {
  readonly messageContent: boolean
  readonly guildMembers: boolean
  readonly presences: boolean
}

/** What the README tells an owner to switch on, and nothing else. */
export const PORTAL_DEFAULTS: PrivilegedIntents = {
  messageContent: true,
  guildMembers: false,
  presences: false,
}

const SWITCHES = [
  ['messageContent', GatewayIntentBits.MessageContent, ApplicationFlags.GatewayMessageContentLimited],
  ['guildMembers', GatewayIntentBits.GuildMembers, ApplicationFlags.GatewayGuildMembersLimited],
  ['presences', GatewayIntentBits.GuildPresences, ApplicationFlags.GatewayPresenceLimited],
] as const

/** The privileged intents among these that the portal has switched off. */
export const disallowedIn = (intents: number, allowed: PrivilegedIntents): number =>
  SWITCHES.filter(([name]) => !allowed[name]).reduce((sum, [, bit]) => sum | (intents & bit), 0)

export const applicationFlags = (allowed: PrivilegedIntents): number =>
  SWITCHES.filter(([name]) => allowed[name]).reduce((sum, [, , flag]) => sum | flag, 0)
