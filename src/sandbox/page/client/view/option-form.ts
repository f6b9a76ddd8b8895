import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { cancelCommand, setFile, setOption, submitCommand } from '../act/commands.ts'
import type { Ready } from '../app.ts'
import { channelName, isThread } from '../channels.ts'
import { fileSize } from '../format.ts'
import { isSuggested } from '../options.ts'
import type { OpenCommand } from '../ui.ts'
import { displayName } from '../world.ts'
import { closeIcon, fileIcon, uploadIcon } from './icons.ts'
import { SUGGESTIONS_ID, suggestionField } from './suggestions.ts'

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

/** What every field of an option says of itself. */
const described = (option: APIApplicationCommandBasicOption, command: OpenCommand): string => {
  const id = `option-${option.name}`
  return `${id}-hint${command.errors[option.name] ? ` ${id}-error` : ''}`
}

const selectFor = (
  app: Ready,
  option: APIApplicationCommandBasicOption,
  command: OpenCommand,
  choices: readonly Choice[],
): TemplateResult => {
  const value = command.values[option.name] ?? ''
  const onInput = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) setOption(app, option.name, target.value)
  }
  return html`<select
    id="option-${option.name}"
    aria-describedby=${described(option, command)}
    aria-invalid=${command.errors[option.name] ? 'true' : nothing}
    aria-required=${option.required ? 'true' : nothing}
    .value=${live(value)}
    @input=${onInput}
  >
    <option value="" ?selected=${value === ''}>${option.required ? 'Choose…' : 'Not set'}</option>
    ${choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`)}
  </select>`
}

const textFor = (
  app: Ready,
  option: APIApplicationCommandBasicOption,
  command: OpenCommand,
): TemplateResult => {
  const numeric = option.type === Kind.Integer || option.type === Kind.Number
  const combobox = isSuggested(option) ? suggestionField(app, option.name) : undefined
  const onInput = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) setOption(app, option.name, target.value)
    combobox?.input()
  }
  return html`<input
    id="option-${option.name}"
    type="text"
    inputmode=${numeric ? 'decimal' : 'text'}
    autocomplete="off"
    role=${combobox ? 'combobox' : nothing}
    aria-autocomplete=${combobox ? 'list' : nothing}
    aria-expanded=${combobox ? String(combobox.open) : nothing}
    aria-controls=${combobox?.open ? SUGGESTIONS_ID : nothing}
    aria-activedescendant=${combobox?.active ?? nothing}
    aria-describedby=${described(option, command)}
    aria-invalid=${command.errors[option.name] ? 'true' : nothing}
    aria-required=${option.required ? 'true' : nothing}
    .value=${live(command.values[option.name] ?? '')}
    @input=${onInput}
    @focus=${combobox?.focus}
    @blur=${combobox?.blur}
    @keydown=${combobox?.key}
  />`
}

/** A file that is dropped on the field goes into it: the browser's own input lies over the whole of it. */
const fileFor = (
  app: Ready,
  option: APIApplicationCommandBasicOption,
  command: OpenCommand,
): TemplateResult => {
  const id = `option-${option.name}`
  const file = command.files[option.name]
  if (file) {
    return html`<div class="chosen-file">
      ${fileIcon()}
      <span class="file-text">
        <span class="file-name">${file.name}</span>
        <span class="file-note">${fileSize(file.size)}</span>
      </span>
      <button
        type="button"
        class="plain"
        id="${id}-remove"
        aria-label="Remove ${file.name}"
        aria-describedby=${described(option, command)}
        @click=${() => setFile(app, option.name, undefined)}
      >
        ${closeIcon()}
      </button>
    </div>`
  }
  const onChange = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) setFile(app, option.name, target.files?.[0])
  }
  return html`<div class="file-drop">
    ${uploadIcon()} <span>Choose a file, or drop it here</span>
    <input
      id=${id}
      type="file"
      aria-describedby=${described(option, command)}
      aria-invalid=${command.errors[option.name] ? 'true' : nothing}
      aria-required=${option.required ? 'true' : nothing}
      @change=${onChange}
    />
  </div>`
}

const inputFor = (
  app: Ready,
  option: APIApplicationCommandBasicOption,
  command: OpenCommand,
): TemplateResult => {
  if (option.type === Kind.Attachment) return fileFor(app, option, command)
  const choices = choicesOf(app, option)
  return choices ? selectFor(app, option, command, choices) : textFor(app, option, command)
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
