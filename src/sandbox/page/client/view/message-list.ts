import { MessageType } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { repeat } from 'lit/directives/repeat.js'
import { dismissFailure } from '../act/interactions.ts'
import type { Ready } from '../app.ts'
import { avatarOf } from '../avatar.ts'
import { messageElementId } from '../focus.ts'
import { dayName, messageTime, sameDay } from '../format.ts'
import type { Entry } from '../log.ts'
import type { Sending } from '../ui.ts'
import { displayName, logOf } from '../world.ts'
import { beginning } from './beginning.ts'
import { downIcon } from './icons.ts'
import { isOrdinary, message, thinkingText } from './message.ts'
import { messagePresses } from './message-presses.ts'
import { systemMessage } from './system-message.ts'

/** Discord puts an author's messages together while no more than this lies between them. */
const GROUP_MS = 7 * 60_000

const timeOf = (entry: Entry): number => Date.parse(entry.message.timestamp)

const isGrouped = (entry: Entry, before: Entry | undefined): boolean => {
  if (!before || !isOrdinary(entry.message) || !isOrdinary(before.message)) return false
  const a = before.message
  const b = entry.message
  return (
    a.author.id === b.author.id &&
    a.author.username === b.author.username &&
    before.ephemeral === entry.ephemeral &&
    !b.referenced_message &&
    b.type === MessageType.Default &&
    timeOf(entry) - timeOf(before) < GROUP_MS &&
    sameDay(timeOf(entry), timeOf(before))
  )
}

const entryView = (app: Ready, entry: Entry, before: Entry | undefined): TemplateResult => {
  const { message: data, ephemeral } = entry
  const grouped = isGrouped(entry, before)
  const newDay = !before || !sameDay(timeOf(entry), timeOf(before))
  const editing = app.ui.editing?.message.id === data.id ? app.ui.editing : undefined
  const active = app.ui.active === data.id || app.ui.menu?.message.id === data.id
  const mine = data.author.id === app.world.me.id
  const parts = [
    entry,
    grouped,
    editing,
    app.ui.theme,
    app.world.channels,
    app.world.people,
    app.ui.clicked,
    app.ui.ran,
    mine,
  ]
  const mentionsMe = (data.mentions ?? []).some(({ id }) => id === app.world.me.id) && !mine
  const kind = `${grouped ? 'grouped' : ''} ${active ? 'active' : ''} ${ephemeral ? 'private' : ''} ${mentionsMe ? 'mentioned' : ''}`
  return html`${newDay ? html`<div class="day"><span>${dayName(timeOf(entry))}</span></div>` : nothing}
    <article
      id=${messageElementId(data.id)}
      class="entry ${kind}"
      tabindex="-1"
      aria-label="${displayName(data.author)}, ${messageTime(timeOf(entry), Date.now())}"
      data-id=${data.id}
    >
      ${guard(parts, () => (isOrdinary(data) ? message(app, entry, grouped) : systemMessage(app, data)))}
    </article>`
}

/** What waits to be confirmed. It stays unseen for a moment, since confirmation usually comes at once. */
const sendingView = (app: Ready, sending: Sending): TemplateResult =>
  html`<div class="entry sending" aria-hidden="true">
    <discord-message
      author=${displayName(app.world.me)}
      avatar=${avatarOf(app.world.me, false)}
      .timestamp=${'Sending…'}
      ?light-theme=${app.ui.theme === 'light'}
      ><span class="text">${sending.content}</span></discord-message
    >
  </div>`

const waitingViews = (app: Ready): TemplateResult[] => {
  const { bot, waiting } = app.world
  const light = app.ui.theme === 'light'
  return waiting
    .filter(({ channel }) => channel === app.ui.channel)
    .map(
      ({ ephemeral }) => html`<div class="entry waiting ${ephemeral ? 'private' : ''}">
        <discord-message
          author=${displayName(bot.user)}
          avatar=${avatarOf(bot.user, true)}
          bot
          .timestamp=${messageTime(Date.now(), Date.now())}
          ?light-theme=${light}
          >${thinkingText(displayName(bot.user))}
          ${ephemeral ? html`<p class="private-note">Only you can see this</p>` : nothing}</discord-message
        >
      </div>`,
    )
}

const failureViews = (app: Ready): TemplateResult[] =>
  app.world.failed
    .filter(({ channel }) => channel === app.ui.channel)
    .map(
      ({ interaction }) => html`<div class="entry private failure" role="alert">
        <discord-system-message type="error" .timestamp=${''} ?light-theme=${app.ui.theme === 'light'}
          ><span class="system"
            ><span class="failure-text">The application did not respond</span>
            <span class="private-note"
              >Only you can see this ·
              <button type="button" class="link" @click=${() => dismissFailure(app, interaction)}>
                Dismiss message
              </button></span
            ></span
          ></discord-system-message
        >
      </div>`,
    )

/** The open channel's messages, oldest first. */
export const messageList = (app: Ready, toEnd: () => void): TemplateResult => {
  const id = app.ui.channel ?? ''
  const { entries, loaded, older } = logOf(app.world, id)
  const light = app.ui.theme === 'light'
  const { unseen } = app.ui
  const presses = messagePresses(app)
  return html`<div class="log" role="log" aria-label="Messages" aria-live="polite" aria-relevant="additions">
    <div
      class="scroller"
      tabindex="0"
      aria-live="off"
      @keydown=${presses.key}
      @click=${presses.click}
      @contextmenu=${presses.contextMenu}
      @pointerdown=${presses.down}
      @pointermove=${presses.move}
      @pointerup=${presses.end}
      @pointercancel=${presses.end}
    >
      <discord-messages class="messages" ?light-theme=${light}>
        ${loaded && !older ? beginning(app, entries.length === 0) : nothing}
        ${older ? html`<p class="older">${app.ui.loadingOlder ? 'Loading older messages…' : ''}</p>` : nothing}
        ${!loaded && entries.length === 0 ? html`<p class="older">Loading messages…</p>` : nothing}
        ${repeat(
          entries,
          (entry) => entry.message.id,
          (entry, index) => entryView(app, entry, entries[index - 1]),
        )}
        ${waitingViews(app)} ${failureViews(app)}
        ${repeat(
          app.ui.sending.filter(({ channel }) => channel === id),
          ({ key }) => key,
          (sending) => sendingView(app, sending),
        )}
      </discord-messages>
    </div>
    <div class="sr-only" id="announcer"></div>
    ${
      unseen > 0
        ? html`<button type="button" class="jump" @click=${toEnd}>
            ${unseen === 1 ? '1 new message' : `${unseen} new messages`} ${downIcon()}
          </button>`
        : nothing
    }
  </div>`
}
