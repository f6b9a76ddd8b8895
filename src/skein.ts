import { join } from 'node:path'
import { type Client, Events } from 'discord.js'
import { commands } from '../commands/index.ts'
import type { Config } from './config/env.ts'
import { readModelsFile } from './config/models.ts'
import { readPrompts } from './config/prompts.ts'
import { threadReader } from './discord/catch-up.ts'
import { closeClient, createClient, inviteLink } from './discord/client.ts'
import type { Face } from './discord/command.ts'
import { deletionHandler, editHandler } from './discord/edits.ts'
import { interactionRouter } from './discord/interactions.ts'
import { messageHandler } from './discord/messages.ts'
import { tellOwner } from './discord/owner.ts'
import { createPace } from './discord/pace.ts'
import { createPauses } from './discord/pause.ts'
import { createPosters } from './discord/poster.ts'
import { createRedraw } from './discord/redraw.ts'
import { discordStage } from './discord/stage.ts'
import { waitingLines } from './discord/waiting.ts'
import { nightlyBackups } from './jobs/backups.ts'
import { regularCheckpoints } from './jobs/checkpoints.ts'
import { systemClock } from './kit/clock.ts'
import { idsFrom } from './kit/ids.ts'
import type { Logger } from './kit/logger.ts'
import { en } from './locales/en.ts'
import { createModels } from './model/models.ts'
import { findModels } from './model/setup.ts'
import { templateNames } from './prompt/template.ts'
import { RECALLED } from './recall/recall.ts'
import { backupStore } from './store/backup.ts'
import { keepCheckpoints } from './store/checkpoints.ts'
import { claimDirectory, openDatabase } from './store/database.ts'
import { wordsOf } from './store/load.ts'
import { type Stores, storesOver } from './store/stores.ts'
import { storyAdmin } from './store/story-admin.ts'
import { createEngine, type EngineDeps } from './turn/engine.ts'
import { createKickoffs } from './turn/kickoff.ts'
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

/** Finds the models that there are. */
const startModels = async (
  config: Config,
  { ledger, capabilities, failures }: Stores,
  onUnauthorized: (connection: string) => void,
  log: Logger,
  closings: Closing[],
) => {
  const setup = await findModels({
    file: readModelsFile(config.SKEIN_MODELS_FILE, process.env),
    baseURL: config.OPENAI_BASE_URL,
    apiKey: config.OPENAI_API_KEY,
    model: config.SKEIN_NARRATOR_MODEL,
    log,
    improviser: () => startImproviser(log, closings),
  })
  const abandoned = await ledger.abandonOpen()
  if (abandoned > 0) log.warn({ calls: abandoned }, 'calls that the last run left open count as spent')
  const layer = await createModels({
    ...{ setup, ledger, capabilities, failures, clock: systemClock, log },
    onUnauthorized,
  })
  const [writer = ''] = layer.directory.chainOf('writer')
  log.info({ writer, source: setup.source }, 'the models are connected')
  return { ...layer, writer, source: setup.source }
}

/** How long turns may take, and what they are told with where nobody chose. */
const turnLimits = (
  config: Config,
): Pick<
  EngineDeps,
  'oocMarks' | 'mode' | 'maxTokens' | 'temperature' | 'zone' | 'deadlineMs' | 'settleMs'
> => ({
  oocMarks: config.SKEIN_OOC_MARKS,
  maxTokens: config.SKEIN_MAX_TOKENS,
  temperature: config.SKEIN_TEMPERATURE,
  mode: config.SKEIN_WRITING,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  deadlineMs: 300_000,
  settleMs: 10_000,
})

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

  const stores = storesOver(db, clock.now, newId)
  const ready = Promise.withResolvers<Client>()
  const keyNotTaken = (connection: string) => {
    void ready.promise.then((client) => tellOwner(client, en.keyNotTaken(connection), log))
  }
  const { models, directory, check, writer, source } = await startModels(
    config,
    stores,
    keyNotTaken,
    log,
    closings,
  )

  const notice = () => (source === 'improviser' ? en.world.improvised : en.world.written(writer, source))
  const world = config.DISCORD_TOKEN ? undefined : await startWorld(config, notice, log, closings)
  const client = createClient({ apiUrl: world?.apiUrl ?? config.DISCORD_API_URL, log, onLost })
  const token = config.DISCORD_TOKEN ?? world?.token ?? ''
  client.rest.setToken(token)
  closings.push(() => closeClient(client))

  const pace = createPace({ clock })
  const { store, past, branches, threads, deliveries, posts } = stores
  const posterTo = createPosters(client.rest, pace)
  const setStage = discordStage({
    ...{ rest: client.rest, posterTo, pace, threads, deliveries, posts },
    ...{ timeline: past, texts: en, clock, log },
  })
  const prompts = await readPrompts(templateNames, join(config.SKEIN_DATA_DIR, 'prompts'))
  const showWait = waitingLines({ rest: client.rest, posterTo, threads, newId, texts: en, log })
  const engineDeps: EngineDeps = {
    ...stores,
    ...{ models, setStage, showWait, newId, clock, log },
    queue: storyQueue(),
    prompts,
    ...turnLimits(config),
  }
  const engine = createEngine(engineDeps)
  closings.push(() => engine.close())
  const kickoffs = createKickoffs(engineDeps)
  closings.push(() => kickoffs.close())
  const { turns, ended } = await engine.recover()
  if (turns > 0) log.info({ turns }, 'ending what the last run left behind')
  ended.catch((error: unknown) => log.error({ err: error }, 'an interrupted answer could not be ended'))

  const face: Face = {
    ...stores,
    ...{ load: store.load, lines: store.lines, words: (story, ids) => wordsOf(db, story, ids) },
    ...{ engine, kickoffs, backups, client, clock, newId, log },
    ...{ models: directory, prompts },
    pauses: createPauses({ settings: stores.settings, engine }),
    admin: storyAdmin(db, clock.now, newId),
    timeline: createTimeline({ store, timeline: past, branches, engine }),
    redraw: createRedraw({
      ...{ rest: client.rest, posterTo, setStage, store, deliveries, posts, threads, clock, log },
      afterRewind: config.SKEIN_AFTER_REWIND,
    }),
    caughtUp: (channel) => reader.ensure(channel),
    texts: en,
    oocMarks: config.SKEIN_OOC_MARKS,
    usual: { ...turnLimits(config), recalled: RECALLED },
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
  client.once(Events.ClientReady, ready.resolve)
  await client.login(token)
  await ready.promise
  void check()
  await client.application?.commands.set(commands.map(({ data }) => data))
  if (!world && client.application)
    log.info(
      { link: inviteLink(client.application.id) },
      'Skein is ready; invite it to a server with this link',
    )
  return world?.origin
}
