import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { cancelCommand, setOption, submitCommand } from '../act/interactions.ts'
import type { Ready } from '../app.ts'
import { channelName, isThread } from '../channels.ts'
import type { OpenCommand } from '../ui.ts'
import { displayName } from '../world.ts'
import { closeIcon } from './icons.ts'

type Choice = { readonly value: string; readonly label: string }

/** What can be chosen for an option; undefined where it is typed. */
const choicesOf = (app: Ready, option: APIApplicationCommandBasicOption): Choice[] | undefined => {
  switch (option.type) {
    case Kind.Boolean:
      return [
        { value: 'true', label: 'True' },
        { value: 'false', label: 'False' },
      ]
    case Kind.User:
    case Kind.Mentionable:
      return [...app.world.people, app.world.bot.user].map((user) => ({
        value: user.id,
        label: displayName(user),
      }))
    case Kind.Channel:
      return [...app.world.channels.values()].map((channel) => ({
        value: channel.id,
        label: `${isThread(channel) ? '' : '#'}${channelName(channel)}`,
      }))
    case Kind.String:
    case Kind.Integer:
    case Kind.Number:
      return 'choices' in option
        ? option.choices?.map(({ name, value }) => ({ value: String(value), label: name }))
        : undefined
    default:
      return undefined
  }
}

const inputFor = (
  app: Ready,
  option: APIApplicationCommandBasicOption,
  command: OpenCommand,
): TemplateResult => {
  const id = `option-${option.name}`
  const value = command.values[option.name] ?? ''
  const error = command.errors[option.name]
  const choices = choicesOf(app, option)
  const onInput = (event: Event): void => {
    const { target } = event
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) {
      setOption(app, option.name, target.value)
    }
  }
  const describedBy = `${id}-hint${error ? ` ${id}-error` : ''}`
  if (choices) {
    return html`<select
      id=${id}
      aria-describedby=${describedBy}
      aria-invalid=${error ? 'true' : nothing}
      aria-required=${option.required ? 'true' : nothing}
      .value=${live(value)}
      @input=${onInput}
    >
      <option value="" ?selected=${value === ''}>${option.required ? 'Choose…' : 'Not set'}</option>
      ${choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`)}
    </select>`
  }
  const numeric = option.type === Kind.Integer || option.type === Kind.Number
  return html`<input
    id=${id}
    type="text"
    inputmode=${numeric ? 'decimal' : 'text'}
    autocomplete="off"
    aria-describedby=${describedBy}
    aria-invalid=${error ? 'true' : nothing}
    aria-required=${option.required ? 'true' : nothing}
    .value=${live(value)}
    @input=${onInput}
  />`
}

const optionRow = (
  app: Ready,
  option: APIApplicationCommandBasicOption,
  command: OpenCommand,
): TemplateResult => {
  const id = `option-${option.name}`
  const error = command.errors[option.name]
  return html`<div class="option ${error ? 'wrong' : ''}">
    <label for=${id}>${option.name}${option.required ? html`<span class="required" aria-hidden="true"> *</span>` : nothing}</label>
    ${inputFor(app, option, command)}
    <p class="option-hint" id="${id}-hint">${option.description}</p>
    ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
  </div>`
}

/** A slash command with its options, ready to be run. */
export const optionForm = (app: Ready, command: OpenCommand): TemplateResult => {
  const { leaf } = command
  const submit = (event: Event): void => {
    event.preventDefault()
    submitCommand(app)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    cancelCommand(app)
  }
  return html`<form class="command" aria-label="/${leaf.name}" @submit=${submit} @keydown=${onKey}>
    <div class="command-head">
      <span class="command-name">/${leaf.name}</span>
      <span class="command-text">${leaf.description}</span>
      <button type="button" class="plain" aria-label="Cancel the command" @click=${() => cancelCommand(app)}>
        ${closeIcon()}
      </button>
    </div>
    ${
      leaf.options.length > 0
        ? html`<div class="options">${leaf.options.map((option) => optionRow(app, option, command))}</div>`
        : nothing
    }
    <div class="command-foot">
      <span class="picker-keys">Enter to run · Esc to cancel</span>
      <button type="submit" id="run-command" class="primary" ?disabled=${command.busy}>Run command</button>
    </div>
  </form>`
}
