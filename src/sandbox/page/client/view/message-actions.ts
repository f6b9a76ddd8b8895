import type { APIMessage } from 'discord-api-types/v10'
import type { TemplateResult } from 'lit'
import { textOf } from '../../../discord/component-tree.ts'
import { askDelete, startEdit, startReply } from '../act/messages.ts'
import type { Ready } from '../app.ts'
import { copyIcon, deleteIcon, editIcon, replyIcon } from './icons.ts'

export type MessageAction = {
  readonly label: string
  readonly icon: TemplateResult
  readonly act: () => void
  readonly danger?: boolean
}

/** What this person can do with a message without any app. */
export const messageActions = (app: Ready, message: APIMessage): MessageAction[] => {
  const mine = message.author.id === app.world.me.id
  const canSend = app.world.channels.get(message.channel_id)?.canSend === true
  const text = textOf(message)
  const copy = (): void => {
    navigator.clipboard?.writeText(text).catch(() => {})
    app.set({ active: undefined })
  }
  const reply = { label: 'Reply', icon: replyIcon(), act: () => startReply(app, message) }
  const copyText = { label: 'Copy text', icon: copyIcon(), act: copy }
  const edit = { label: 'Edit', icon: editIcon(), act: () => startEdit(app, message) }
  const remove = { label: 'Delete', icon: deleteIcon(), act: () => askDelete(app, message), danger: true }
  return [...(canSend ? [reply] : []), ...(text === '' ? [] : [copyText]), ...(mine ? [edit, remove] : [])]
}
