import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config/env.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { type LoopbackOptions, startDiscord } from '../../src/sandbox/discord/start.ts'
import { startModel } from '../../src/sandbox/model/server.ts'
import { type Skein, startSkein } from '../../src/skein.ts'
import { openApiChecker } from '../doubles/openapi.ts'
import { type Player, playerOn } from '../doubles/player.ts'
import { type Visitor, visit } from '../doubles/visitor.ts'

const document = process.env.SKEIN_DISCORD_OPENAPI
if (!document)
  console.log('skipped: requests are not checked, for SKEIN_DISCORD_OPENAPI names no OpenAPI document')
const checking = document ? openApiChecker(document) : undefined

type Options = {
  readonly discord?: Partial<LoopbackOptions>
  readonly settings?: Readonly<Record<string, string>>
  /** 0, the default, writes at once. */
  readonly tokensPerSecond?: number
}

/**
 * The whole product in this process: the bot with its real clients, a loopback Discord and a loopback model that
 * writes at once. Every request of the bot is checked against Discord's OpenAPI document where there is one.
 */
export const startWorld = async ({
  discord: discordOptions,
  settings,
  tokensPerSecond = 0,
}: Options = {}) => {
  const log = silentLogger()
  const directory = await mkdtemp(join(tmpdir(), 'skein-e2e-'))
  const discord = await startDiscord({ port: 0, log, ...discordOptions })
  const model = await startModel({ port: 0, log, seed: 1, tokensPerSecond })
  const check = await checking
  const violations: string[] = []
  if (check) discord.onRequest((request) => violations.push(...check(request)))

  const config = readConfig({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_API_KEY: model.apiKey,
    SKEIN_NARRATOR_MODEL: model.model,
    // What a turn brings about is for the tests that are about it.
    SKEIN_WRITING: 'bare',
    SKEIN_DATA_DIR: directory,
    ...settings,
  })
  const visitors: Visitor[] = []
  let skein: Skein | undefined = await startSkein(config, log)

  return {
    discord,
    model,
    directory,
    config,
    violations,
    stories: discord.ids.channels.stories,
    /** What the writer was sent, of the newest 500 requests; other roles ask for JSON. */
    prose: () => model.requests('prose'),
    /** Someone at their own page. */
    enter: async (who: 'player' | 'second' | 'admin'): Promise<{ visitor: Visitor; player: Player }> => {
      const visitor = await visit(discord.origin, discord.ids.people[who])
      visitors.push(visitor)
      return { visitor, player: playerOn(visitor) }
    },
    stop: async () => {
      await skein?.close()
      skein = undefined
    },
    start: async () => {
      skein = await startSkein(config, log)
    },
    close: async () => {
      for (const visitor of visitors) visitor.leave()
      await skein?.close()
      await discord.close()
      await model.close()
      await rm(directory, { recursive: true })
    },
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>
