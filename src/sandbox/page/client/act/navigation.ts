import type { APIMessage } from 'discord-api-types/v10'
import { type App, errorText, isReady, type Ready } from '../app.ts'
import { channelOrder, channelTree, isDirect, lastMessageOf } from '../channels.ts'
import { compareIds } from '../ids.ts'
import { withLatest, withOlder } from '../log.ts'
import { recallRecord, remember } from '../storage.ts'
import { changeLog, logOf } from '../world.ts'

const hashChannel = (): string => decodeURIComponent(location.hash.slice(1))

const isMessages = (result: unknown): result is readonly APIMessage[] => Array.isArray(result)

/** The newest message that is known to be in a channel. */
const newestIn = (app: Ready, channel: string): string | undefined => {
  const seen = app.world.channels.get(channel)
  const ids = [seen && lastMessageOf(seen), logOf(app.world, channel).entries.at(-1)?.message.id]
  return ids
    .filter((id) => id !== undefined)
    .sort(compareIds)
    .at(-1)
}

/** Notes that the open channel has been read to its end. */
export const markRead = (app: Ready, channel: string): void => {
  const newest = newestIn(app, channel)
  if (newest === undefined || app.ui.read[channel] === newest) return
  const read = { ...app.ui.read, [channel]: newest }
  remember(`read.${app.world.me.id}`, JSON.stringify(read))
  app.set({ read })
}

/** What this person had read when they were last here; on their first visit, all that was not said to them alone. */
export const restoreRead = (app: Ready): void => {
  const known = recallRecord(`read.${app.world.me.id}`)
  const channels = [...app.world.channels.values()].filter((channel) => !isDirect(channel))
  app.set({
    read: known ?? Object.fromEntries(channels.map((channel) => [channel.id, lastMessageOf(channel) ?? '0'])),
  })
}

export const isUnread = (app: Ready, channel: string): boolean => {
  const newest = newestIn(app, channel)
  if (newest === undefined || channel === app.ui.channel) return false
  return compareIds(newest, app.ui.read[channel] ?? '0') > 0
}

/** Fetches the newest page of a channel; what arrives meanwhile is kept. */
export const loadLatest = async (app: App, channel: string): Promise<void> => {
  if (!isReady(app)) return
  const before = new Set(logOf(app.world, channel).entries)
  try {
    const page = await app.request({ do: 'history', channel })
    if (!isMessages(page)) return
    app.setWorld((world) =>
      changeLog(world, channel, (log) =>
        withLatest(
          log,
          page,
          log.entries.filter((entry) => !before.has(entry)),
        ),
      ),
    )
    if (isReady(app) && app.ui.channel === channel) markRead(app, channel)
  } catch (error) {
    app.set({ composerError: `The messages could not be loaded. ${errorText(error)}` })
  }
}

export const loadOlder = async (app: Ready): Promise<void> => {
  const { channel } = app.ui
  const log = channel ? logOf(app.world, channel) : undefined
  const first = log?.entries.find((entry) => !entry.ephemeral)
  if (!channel || !first || !log?.older || !log.loaded || app.ui.loadingOlder) return
  app.set({ loadingOlder: true })
  try {
    const page = await app.request({ do: 'history', channel, before: first.message.id })
    if (isMessages(page)) app.setWorld((world) => changeLog(world, channel, (old) => withOlder(old, page)))
  } catch {
    // Scrolling up again asks again.
  } finally {
    app.set({ loadingOlder: false })
  }
}

/** Opens a channel or thread, and puts it into the address so that reloading and sharing keep it. */
export const openChannel = (app: Ready, channel: string): void => {
  if (!app.world.channels.has(channel)) return
  if (hashChannel() !== channel) history.pushState(null, '', `#${channel}`)
  if (app.ui.channel === channel) {
    app.set({ drawer: false })
    return
  }
  app.set({
    channel,
    drawer: false,
    reply: undefined,
    editing: undefined,
    command: undefined,
    suggesting: undefined,
    menu: undefined,
    picture: undefined,
    composerError: undefined,
    active: undefined,
    unseen: 0,
    loadingOlder: false,
  })
  markRead(app, channel)
  if (!logOf(app.world, channel).loaded) void loadLatest(app, channel)
}

/** Opens what the address names, or else the channel that was open, or else the first to write in. */
export const openFromAddress = (app: Ready): void => {
  const { channels } = app.world
  const all = channelTree(channels.values()).map(({ channel }) => channel)
  const first = (all.find(({ canSend }) => canSend) ?? all[0])?.id
  const wanted = [hashChannel(), app.ui.channel, first].find((id) => id && channels.has(id))
  if (!wanted) return
  if (hashChannel() !== wanted) history.replaceState(null, '', `#${wanted}`)
  openChannel(app, wanted)
}

/** Moves up or down the channel list, as Alt and the arrows do in Discord. */
export const stepChannel = (app: Ready, step: 1 | -1): void => {
  const order = channelOrder(app.world.channels.values())
  const next = order.at((order.indexOf(app.ui.channel ?? '') + step) % order.length)
  if (next) openChannel(app, next)
}
