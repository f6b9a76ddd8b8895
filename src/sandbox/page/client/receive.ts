import { isVersion2 } from '../../discord/component-tree.ts'
import type { PersonEvent } from '../../people/protocol.ts'
import { readingOf } from '../../people/reading.ts'
import { openModal, reopenModal } from './act/interactions.ts'
import { loadLatest, markRead, openChannel, openFromAddress } from './act/navigation.ts'
import type { Announcer } from './announce.ts'
import type { Ready } from './app.ts'
import { altText } from './attachments.ts'
import { isThread, ownerOf, parentOf } from './channels.ts'
import { focusComposer } from './focus.ts'
import { plain } from './markdown/render.ts'
import type { Scroll } from './scroll.ts'
import { namesFor } from './view/names.ts'
import { apply, displayName, logOf } from './world.ts'

/** A thread that the bot opens within this time of the person's action is what they asked for. */
const FOLLOW_MS = 20_000

const justActed = ({ ui }: Ready): boolean => ui.acted !== undefined && Date.now() - ui.acted.at < FOLLOW_MS

/** The page's own reactions to an event, beyond what the world's fold keeps of it. */
export const receive = (app: Ready, event: PersonEvent, scroll: Scroll, announcer: Announcer): void => {
  const before = app.world
  app.setWorld((world) => apply(world, event, Date.now()))
  switch (event.name) {
    case 'message':
      onMessage(app, event, scroll, announcer)
      break
    case 'message_edited':
      onEdited(app, event.message, announcer)
      break
    case 'channel':
      onChannel(app, event, before.channels.has(event.channel.id))
      break
    case 'channel_deleted':
      if (event.channel === app.ui.channel) leave(app)
      break
    case 'modal':
      // The same person's other tabs hear of it too; it belongs to the one that asked.
      if (justActed(app)) openModal(app, event)
      break
    case 'choices':
      app.set({ choices: event })
      break
    case 'interaction_failed':
      reopenModal(app, event.interaction)
      break
    case 'thinking':
      if (event.channel === app.ui.channel) announcer.say(`${displayName(before.bot.user)} is thinking`)
      break
  }
}

type Message = (PersonEvent & { readonly name: 'message' })['message']

const spoken = (app: Ready, message: Message): string => {
  const { author, attachments, content, flags } = message
  const parts = isVersion2(flags) ? [readingOf(message)] : [content, ...attachments.map(altText)]
  const [words = '', ...files] = parts
  return `${displayName(author)}: ${[plain(words, namesFor(app)), ...files].join(' ').trim()}`
}

/** Buttons of a message that changed have been answered. Says whether there were any. */
const release = (app: Ready, message: string): boolean => {
  const clicked = [...app.ui.clicked].filter((key) => !key.startsWith(`${message}:`))
  const released = clicked.length !== app.ui.clicked.size
  if (released) app.set({ clicked: new Set(clicked) })
  return released
}

const onEdited = (app: Ready, message: Message, announcer: Announcer): void => {
  const answers = release(app, message.id)
  if (message.channel_id !== app.ui.channel) return
  // Of a panel, what it turned to is the whole answer to a press.
  if (answers && isVersion2(message.flags)) announcer.message(message.id, spoken(app, message), true)
  else announcer.edited(message.id, spoken(app, message))
}

const onMessage = (
  app: Ready,
  { message, ephemeral }: PersonEvent & { readonly name: 'message' },
  scroll: Scroll,
  announcer: Announcer,
): void => {
  if (message.channel_id !== app.ui.channel) {
    // What the person's own action left behind, before they were taken elsewhere, is no news to them.
    if (ephemeral || message.message_reference?.channel_id === app.ui.channel)
      markRead(app, message.channel_id)
    return
  }
  const mine = message.author.id === app.world.me.id
  if (mine) scroll.toEnd()
  if (scroll.atEnd) markRead(app, message.channel_id)
  else app.set({ unseen: app.ui.unseen + 1 })
  if (!mine) announcer.message(message.id, spoken(app, message), message.author.bot === true)
}

const onChannel = (
  app: Ready,
  { channel }: PersonEvent & { readonly name: 'channel' },
  known: boolean,
): void => {
  const { acted, drafts, modal, command, editing } = app.ui
  if (known || !isThread(channel) || ownerOf(channel) !== app.world.bot.user.id || !acted) return
  const from = app.world.channels.get(acted.channel)
  // A story that is asked for inside a thread begins beside it.
  const near = from && isThread(from) ? parentOf(from) : acted.channel
  const asked = justActed(app) && parentOf(channel) === near
  const here = app.ui.channel === acted.channel
  const busy = Boolean(
    drafts[acted.channel] || editing || (modal && !modal.busy) || (command && !command.busy),
  )
  if (!asked || !here || busy) return
  app.set({ acted: undefined, modal: undefined, command: undefined })
  openChannel(app, channel.id)
  focusComposer()
}

const leave = (app: Ready): void => {
  const gone = app.ui.channel
  app.set({ channel: undefined })
  openFromAddress(app)
  if (gone) app.set({ composerError: 'The channel that was open has been deleted.' })
}

/** After a welcome: opens what was open, and fetches it again where the connection had been lost. */
export const settleIn = (app: Ready): void => {
  const open = app.ui.channel
  openFromAddress(app)
  if (open !== undefined && open === app.ui.channel && !logOf(app.world, open).loaded)
    void loadLatest(app, open)
}
