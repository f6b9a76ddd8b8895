import { type APIMessage, MessageFlags, MessageType } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { textOf } from '../../../discord/component-tree.ts'
import { dismiss, jumpTo } from '../act/messages.ts'
import { openChannel } from '../act/navigation.ts'
import type { Ready } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { messageTime, timeOfDay } from '../format.ts'
import type { Entry } from '../log.ts'
import { markdown, type Names, plain } from '../markdown/render.ts'
import { displayName } from '../world.ts'
import { attachments } from './attachments.ts'
import { editor } from './editor.ts'
import { embed } from './embed.ts'
import { messageComponents } from './message-components.ts'
import { messageTools } from './message-tools.ts'
import { namesFor } from './names.ts'

const ORDINARY: readonly MessageType[] = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]

export const isOrdinary = (message: APIMessage): boolean => ORDINARY.includes(message.type)

export const isApp = (message: APIMessage): boolean =>
  message.author.bot === true || message.webhook_id !== undefined

const hasFlag = (message: APIMessage, flag: MessageFlags): boolean => ((message.flags ?? 0) & flag) !== 0

/** Who used what, above the answer to a command or to the form that one opened. */
const commandHeading = (app: Ready, message: APIMessage): TemplateResult | typeof nothing => {
  const made = message.interaction_metadata
  const slash = message.type === MessageType.ChatInputCommand
  if (!made || (!slash && message.type !== MessageType.ContextMenuCommand)) return nothing
  const origin = 'triggering_interaction_metadata' in made ? made.triggering_interaction_metadata.id : made.id
  const told = message.interaction && `${slash ? '/' : ''}${message.interaction.name}`
  const name = told ?? app.ui.ran[made.id] ?? app.ui.ran[origin]
  return html`<discord-reply
    slot="reply"
    author=${displayName(made.user)}
    avatar=${avatarOf(made.user, made.user.bot === true)}
    ?light-theme=${app.ui.theme === 'light'}
    >used ${name ? html`<span class="used">${name}</span>` : 'a command'}</discord-reply
  >`
}

const replyHeading = (app: Ready, message: APIMessage, names: Names): TemplateResult | typeof nothing => {
  const light = app.ui.theme === 'light'
  if (message.type !== MessageType.Reply) return commandHeading(app, message)
  const to = message.referenced_message
  if (!to) return html`<discord-reply slot="reply" deleted ?light-theme=${light}></discord-reply>`
  return html`<discord-reply
    slot="reply"
    author=${displayName(to.author)}
    avatar=${avatarOf(to.author, isApp(to))}
    ?bot=${isApp(to)}
    ?edited=${Boolean(to.edited_timestamp)}
    ?light-theme=${light}
    ><button type="button" class="reply-link" @click=${() => jumpTo(to.id)}
      >${plain(textOf(to), names) || `Press to see the ${to.attachments.length > 0 ? 'attachment' : 'message'}`}</button
    ></discord-reply
  >`
}

const reactions = (message: APIMessage, light: boolean): TemplateResult | typeof nothing =>
  !message.reactions?.length
    ? nothing
    : html`<discord-reactions slot="reactions">
        ${message.reactions.map(
          ({ emoji, count, me }) => html`<discord-reaction
            emoji=${emoji.name ?? '?'}
            name=${emoji.name ?? 'emoji'}
            count=${count}
            ?reacted=${me}
            ?light-theme=${light}
          ></discord-reaction>`,
        )}
      </discord-reactions>`

const threadBox = (app: Ready, message: APIMessage): TemplateResult | typeof nothing => {
  const { thread } = message
  if (!thread) return nothing
  return html`<button slot="thread" type="button" class="thread-box" @click=${() => openChannel(app, thread.id)}>
    <discord-thread name=${thread.name ?? 'thread'} cta="See Thread" ?light-theme=${app.ui.theme === 'light'}
      >Open the story’s thread</discord-thread
    >
  </button>`
}

const body = (app: Ready, message: APIMessage, names: Names): TemplateResult => {
  if (app.ui.editing?.message.id === message.id) return editor(app, app.ui.editing)
  if (hasFlag(message, MessageFlags.Loading)) return thinkingText(displayName(message.author))
  return html`${markdown(message.content, names)}`
}

export const thinkingText = (name: string): TemplateResult =>
  html`<span class="thinking"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> ${name} is thinking…</span>`

/** A message of a person or the bot. `grouped` ones follow their author's last and show no head. */
export const message = (app: Ready, entry: Entry, grouped: boolean): TemplateResult => {
  const { message: data, ephemeral } = entry
  const names = namesFor(app)
  const light = app.ui.theme === 'light'
  const time = Date.parse(data.timestamp)
  const shown = grouped ? timeOfDay(time) : messageTime(time, Date.now())
  const editing = app.ui.editing?.message.id === data.id
  return html`<discord-message
      author=${displayName(data.author)}
      avatar=${avatarOf(data.author, isApp(data))}
      .timestamp=${shown}
      ?bot=${isApp(data)}
      ?edited=${Boolean(data.edited_timestamp) && !editing}
      ?ephemeral=${ephemeral}
      ?message-body-only=${grouped}
      ?light-theme=${light}
      .dismissMessageClicked=${() => dismiss(app, data)}
    >
      ${replyHeading(app, data, names)} ${body(app, data, names)} ${attachments(app, data)}
      ${data.embeds.map((item) => embed(app, data, item, names))} ${messageComponents(app, data, names)}
      ${reactions(data, light)} ${threadBox(app, data)}
    </discord-message>
    ${messageTools(app, data, ephemeral)}`
}
