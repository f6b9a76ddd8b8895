import { html, nothing, type TemplateResult } from 'lit'
import { suggestCommand } from '../act/commands.ts'
import type { Ready } from '../app.ts'
import { channelName, isDirect, isThread, ownerOf, topicOf } from '../channels.ts'
import { type Leaf, leavesOf } from '../commands.ts'
import { displayName, userById } from '../world.ts'
import { channelIcon } from './icons.ts'

/** The command that a newcomer most likely wants first. */
const firstCommand = (app: Ready): Leaf | undefined => {
  const leaves = leavesOf(app.world.commands)
  return leaves.find((leaf) => leaf.path.at(-1) === 'start') ?? leaves[0]
}

const invitation = (app: Ready, empty: boolean): TemplateResult | typeof nothing => {
  const leaf = firstCommand(app)
  if (!leaf) return nothing
  return html`<p class="invitation">
    ${empty ? 'No messages yet. ' : nothing}Type
    <button type="button" class="command-link" @click=${() => suggestCommand(app, leaf)}>/${leaf.name}</button>
    and press Enter. ${leaf.description}.
  </p>`
}

/** The top of a channel or thread: where it begins, and what to do first. */
export const beginning = (app: Ready, empty: boolean): TemplateResult | typeof nothing => {
  const channel = app.world.channels.get(app.ui.channel ?? '')
  if (!channel) return nothing
  const name = channelName(channel)
  if (isThread(channel)) {
    const owner = userById(app.world, ownerOf(channel) ?? '')
    return html`<div class="beginning">
      <div class="beginning-icon">${channelIcon(channel)}</div>
      <h2>${name}</h2>
      <p>${owner ? html`Started by <strong>${displayName(owner)}</strong>. ` : nothing}Write a message to take part.</p>
    </div>`
  }
  if (isDirect(channel)) {
    return html`<div class="beginning">
      <div class="beginning-icon">${channelIcon(channel)}</div>
      <h2>${name}</h2>
      <p>This is where your direct messages with <strong>${name}</strong> begin. Only you can see them.</p>
    </div>`
  }
  return html`<div class="beginning">
    <div class="beginning-icon">${channelIcon(channel)}</div>
    <h2>Welcome to #${name}!</h2>
    <p>This is the start of the #${name} channel. ${topicOf(channel)}</p>
    ${channel.canSend ? invitation(app, empty) : nothing}
  </div>`
}
