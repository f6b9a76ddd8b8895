import { join } from 'node:path'
import { Events } from 'discord.js'
import { commands } from '../commands/index.ts'
import type { Config } from './config/env.ts'
import { threadReader } from './discord/catch-up.ts'
import { closeClient, createClient, inviteLink } from './discord/client.ts'
import type { Face } from './discord/command.ts'
import { deletionHandler, editHandler } from './discord/edits.ts'
import { interactionRouter } from './discord/interactions.ts'
import { messageHandler } from './discord/messages.ts'
import { createPace } from './discord/pace.ts'
import { createPosters } from './discord/poster.ts'
import { createRedraw } from './discord/redraw.ts'
import { discordStage } from './discord/stage.ts'
import { nightlyBackups } from './jobs/backups.ts'
import { regularCheckpoints } from './jobs/checkpoints.ts'
import { systemClock } from './kit/clock.ts'
import { idsFrom } from './kit/ids.ts'
import type { Logger } from './kit/logger.ts'
import { en } from './locales/en.ts'
import { connectModel } from './model/connect.ts'
import { backupStore } from './store/backup.ts'
import { keepCheckpoints } from './store/checkpoints.ts'
import { claimDirectory, openDatabase } from './store/database.ts'
import { storesOver } from './store/stores.ts'
import { storyAdmin } from './store/story-admin.ts'
import { createEngine } from './turn/engine.ts'
import { storyQueue } from './turn/queue.ts'
import { createTimeline } from './turn/timeline.ts'

/** A running Skein. */
export type Skein = {
  /** Where the loopback world can be visited; none when it is a bot in the real Discord. */
  readonly page: string | undefined
  /** Resolves when Discord has closed the connection for good. */
  readonly lost: Promise<void>
  close(): Promise<void>
}

type Closing = () => Promise<void> | void

const startImproviser = async (log: Logger, closings: Closing[]) => {
  const { startModel } = await import('./sandbox/model/server.ts')
  const { baseUrl, apiKey, model, close } = await startModel({ port: 0, log })
  closings.push(close)
  return { baseURL: baseUrl, apiKey, model }
}

const startWorld = async (config: Config, notice: () => string, log: Logger, closings: Closing[]) => {
  const { startDiscord } = await import('./sandbox/discord/start.ts')
  const { mountPage } = await import('./sandbox/page/mount.ts')
  const world = await startDiscord({
    port: config.SKEIN_PORT,
    dataFile: join(config.SKEIN_DATA_DIR, 'world.sqlite'),
    mount: mountPage,
    notice,
    log,
  })
  closings.push(() => world.close())
  return world
}

/**
 * Puts Skein together and starts it: storage, model, Discord, in this order. Without a token the same bot is
 * pointed at a Discord on this machine. What was started is closed again, last first, when a step fails.
 */
export const startSkein = async (config: Config, log: Logger): Promise<Skein> => {
  const closings: Closing[] = []
  const close = async () => {
    for (const closing of closings.splice(0).reverse()) await closing()
  }
  const lost = Promise.withResolvers<void>()
  try {
    const page = await start(config, log, closings, lost.resolve)
    return { page, lost: lost.promise, close }
  } catch (error) {
    await close()
    throw error
  }
}

const start = async (
  config: Config,
  log: Logger,
  closings: Closing[],
  onLost: () => void,
): Promise<string | undefined> => {
  const clock = systemClock
  const newId = idsFrom(clock.now)

  const claim = claimDirectory(config.SKEIN_DATA_DIR)
  closings.push(() => claim.release())
  const db = await openDatabase(config.SKEIN_DATA_DIR)
  closings.push(() => db.destroy())
  const checkpoints = regularCheckpoints({ keep: () => keepCheckpoints(db), log })
  closings.push(() => checkpoints.close())
  const backups = backupStore(config.SKEIN_DATA_DIR, clock.now)
  if (config.SKEIN_BACKUP_TIME !== 'off') {
    const nightly = nightlyBackups({ at: config.SKEIN_BACKUP_TIME, backups, log })
    closings.push(() => nightly.close())
  }
  closings.push(() => backups.close())

  const { model, source } = await connectModel({
    baseURL: config.OPENAI_BASE_URL,
    apiKey: config.OPENAI_API_KEY,
    model: config.SKEIN_NARRATOR_MODEL,
    clock,
    log,
    fallback: () => startImproviser(log, closings),
  })
  log.info({ model: model.name, source }, 'the model is connected')

  const notice = () => (source === 'improviser' ? en.world.improvised : en.world.written(model.name, source))
  const world = config.DISCORD_TOKEN ? undefined : await startWorld(config, notice, log, closings)
  const client = createClient({ apiUrl: world?.apiUrl ?? config.DISCORD_API_URL, log, onLost })
  const token = config.DISCORD_TOKEN ?? world?.token ?? ''
  client.rest.setToken(token)
  closings.push(() => closeClient(client))

  const pace = createPace({ clock })
  const stores = storesOver(db, clock.now, newId)
  const { store, past, branches, threads, deliveries, posts } = stores
  const posterTo = createPosters(client.rest, pace)
  const setStage = discordStage({
    ...{ rest: client.rest, posterTo, pace, threads, deliveries, posts },
    ...{ timeline: past, texts: en, clock, log },
  })
  const engine = createEngine({
    store,
    threads,
    deliveries,
    model,
    queue: storyQueue(),
    setStage,
    newId,
    log,
    oocMarks: config.SKEIN_OOC_MARKS,
    maxTokens: config.SKEIN_MAX_TOKENS,
    temperature: config.SKEIN_TEMPERATURE,
  })
  closings.push(() => engine.close())
  const { turns, ended } = await engine.recover()
  if (turns > 0) log.info({ turns }, 'ending what the last run left behind')
  ended.catch((error: unknown) => log.error({ err: error }, 'an interrupted answer could not be ended'))

  const face: Face = {
    ...stores,
    ...{ load: store.load, lines: store.lines },
    ...{ engine, backups, client, clock, newId, log },
    admin: storyAdmin(db, clock.now, newId),
    timeline: createTimeline({ store, timeline: past, branches, engine }),
    redraw: createRedraw({
      ...{ rest: client.rest, posterTo, setStage, store, deliveries, posts, threads, clock, log },
      afterRewind: config.SKEIN_AFTER_REWIND,
    }),
    texts: en,
    oocMarks: config.SKEIN_OOC_MARKS,
  }
  const closing = new AbortController()
  closings.push(() => closing.abort())
  const handlers = { come: messageHandler(face), edited: editHandler(face), deleted: deletionHandler(face) }
  const reader = threadReader(client, { threads, log, clock, closing: closing.signal }, handlers)
  client.on(Events.MessageCreate, reader.arrive)
  client.on(Events.InteractionCreate, interactionRouter(commands, face))
  client.on(Events.MessageUpdate, (_before, message) => void handlers.edited(message))
  client.on(Events.MessageDelete, handlers.deleted)
  client.on(Events.MessageBulkDelete, (messages) => {
    for (const message of messages.values()) void handlers.deleted(message)
  })
  // Each new session may have missed messages; a resumed one is sent them by Discord.
  client.on(Events.ShardReady, () => {
    reader.catchUp().catch((error: unknown) => log.error({ err: error }, 'catching up failed'))
  })
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(token)
  await ready
  await client.application?.commands.set(commands.map(({ data }) => data))
  if (!world && client.application)
    log.info(
      { link: inviteLink(client.application.id) },
      'Skein is ready; invite it to a server with this link',
    )
  return world?.origin
}
