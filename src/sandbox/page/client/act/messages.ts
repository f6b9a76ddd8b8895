import type { APIMessage } from 'discord-api-types/v10'
import { errorText, type Ready } from '../app.ts'
import { focusComposer, focusMessage } from '../focus.ts'
import { changeLog, logOf } from '../world.ts'

/** Discord's limit for a person's message. */
export const MAX_CONTENT = 2_000

const TYPING_EVERY_MS = 8_000
let lastTyping = 0
let lastKey = 0

export const draftOf = (app: Ready): string => app.ui.drafts[app.ui.channel ?? ''] ?? ''

export const setDraft = (app: Ready, text: string): void => {
  const { channel, drafts } = app.ui
  if (!channel) return
  app.set({
    drafts: { ...drafts, [channel]: text },
    composerError: undefined,
    pick: { index: 0, closed: false },
  })
  const now = Date.now()
  if (text === '' || text.startsWith('/') || now - lastTyping < TYPING_EVERY_MS) return
  lastTyping = now
  app.request({ do: 'typing', channel }).catch(() => {})
}

/** Sends the draft. The field empties at once; when sending fails, the text comes back with the reason. */
export const sendDraft = async (app: Ready): Promise<void> => {
  const { channel, reply } = app.ui
  const content = draftOf(app).trim()
  if (!channel || content === '') return
  if (content.length > MAX_CONTENT) {
    app.set({
      composerError: `A message holds at most ${MAX_CONTENT} characters; this one has ${content.length}.`,
    })
    return
  }
  lastKey += 1
  const sending = { key: lastKey, channel, content }
  app.set({
    drafts: { ...app.ui.drafts, [channel]: '' },
    sending: [...app.ui.sending, sending],
    reply: undefined,
    composerError: undefined,
  })
  lastTyping = 0
  try {
    await app.request({ do: 'send', channel, content, ...(reply ? { replyTo: reply.id } : {}) })
  } catch (error) {
    const typedSince = app.ui.drafts[channel]
    const text = typedSince ? `${content}\n${typedSince}` : content
    app.set({
      drafts: { ...app.ui.drafts, [channel]: text },
      reply: app.ui.reply ?? reply,
      composerError: `Not sent. ${errorText(error)}`,
    })
  } finally {
    app.set({ sending: app.ui.sending.filter(({ key }) => key !== sending.key) })
  }
}

export const startReply = (app: Ready, message: APIMessage): void => {
  app.set({ reply: message, active: undefined })
  focusComposer()
}

export const startEdit = (app: Ready, message: APIMessage): void =>
  app.set({ editing: { message, text: message.content, error: undefined }, active: undefined })

/** Takes the person's latest message for editing, as ArrowUp in an empty composer does. */
export const editLast = (app: Ready): void => {
  const { entries } = logOf(app.world, app.ui.channel ?? '')
  const last = entries.findLast(({ message }) => message.author.id === app.world.me.id)
  if (last) startEdit(app, last.message)
}

export const cancelEdit = (app: Ready): void => {
  app.set({ editing: undefined })
  focusComposer()
}

export const saveEdit = async (app: Ready): Promise<void> => {
  const { editing } = app.ui
  if (!editing) return
  const { message } = editing
  const content = editing.text.trim()
  if (content === message.content) return cancelEdit(app)
  if (content === '') return app.set({ editing: undefined, deleting: message })
  try {
    await app.request({ do: 'edit', channel: message.channel_id, message: message.id, content })
    if (app.ui.editing?.message.id === message.id) cancelEdit(app)
  } catch (error) {
    const open = app.ui.editing
    if (open?.message.id === message.id) app.set({ editing: { ...open, error: errorText(error) } })
  }
}

export const askDelete = (app: Ready, message: APIMessage): void =>
  app.set({ deleting: message, active: undefined })

export const confirmDelete = async (app: Ready): Promise<void> => {
  const { deleting } = app.ui
  if (!deleting) return
  app.set({ deleting: undefined })
  focusComposer()
  try {
    await app.request({ do: 'delete', channel: deleting.channel_id, message: deleting.id })
  } catch (error) {
    app.set({ composerError: `Not deleted. ${errorText(error)}` })
  }
}

/** Puts an ephemeral message away. Only this page knew it. */
export const dismiss = (app: Ready, message: APIMessage): void => {
  app.setWorld((world) =>
    changeLog(world, message.channel_id, (log) => ({
      ...log,
      entries: log.entries.filter((entry) => entry.message.id !== message.id),
    })),
  )
  focusComposer()
}

/** Goes to a message that a reply names, where it is loaded. */
export const jumpTo = (id: string): void => focusMessage(id)
