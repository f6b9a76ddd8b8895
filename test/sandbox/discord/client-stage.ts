import { ChannelType, Client, GatewayIntentBits, type Interaction } from 'discord.js'
import { expect, onTestFinished } from 'vitest'
import { silentLogger } from '../../../src/kit/logger.ts'
import {
  type LoopbackDiscord,
  type LoopbackOptions,
  startDiscord,
} from '../../../src/sandbox/discord/start.ts'
import { openApiChecker } from '../../doubles/openapi.ts'
import { watch } from '../../doubles/watch.ts'

/** A world on the system's clock, since discord.js keeps its own time, with discord.js's client logged in. */
export const setUp = async (options: Partial<LoopbackOptions> = {}) => {
  const discord = await startDiscord({ port: 0, log: silentLogger(), ...options })
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.MessageContent,
    ],
    rest: { api: discord.apiUrl },
  })
  const violations: string[] = []
  const document = process.env.SKEIN_DISCORD_OPENAPI
  if (document) {
    const check = await openApiChecker(document)
    discord.onRequest((request) => violations.push(...check(request)))
  }
  const ready = new Promise<Client<true>>((resolve) => client.once('clientReady', resolve))
  await client.login(discord.token)
  onTestFinished(async () => {
    await client.destroy()
    await discord.close()
    expect(violations).toEqual([])
  })
  const player = discord.person(discord.ids.people.player)
  return { discord, client: await ready, player, seen: watch(player) }
}

export const storiesOf = async (client: Client<true>, discord: LoopbackDiscord) => {
  const channel = await client.channels.fetch(discord.ids.channels.stories)
  if (channel?.type !== ChannelType.GuildText) throw new Error('no text channel')
  return channel
}

/** The next interaction that fits. */
export const next = <T extends Interaction>(
  client: Client,
  fits: (interaction: Interaction) => interaction is T,
) =>
  new Promise<T>((resolve) => {
    const listen = (interaction: Interaction) => {
      if (!fits(interaction)) return
      client.off('interactionCreate', listen)
      resolve(interaction)
    }
    client.on('interactionCreate', listen)
  })
