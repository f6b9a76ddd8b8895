import type { PersonEvent } from '../../../people/protocol.ts'
import { errorText, type Ready } from '../app.ts'
import { type Leaf, leavesOf, matching, readOptions, slashQuery } from '../commands.ts'
import { focusComposer, focusField } from '../focus.ts'
import { fieldError, modalFields } from '../modal-fields.ts'
import { draftOf, setDraft } from './messages.ts'

const acted = (channel: string) => ({ at: Date.now(), channel })

/** What the slash-command picker shows; undefined while it is closed. */
export const pickerRows = (app: Ready): readonly Leaf[] | undefined => {
  const query = slashQuery(draftOf(app))
  if (query === undefined || app.ui.pick.closed || app.ui.command) return undefined
  return matching(leavesOf(app.world.commands), query)
}

const runCommand = async (app: Ready, leaf: Leaf, typed: Readonly<Record<string, string>>): Promise<void> => {
  const { channel } = app.ui
  if (!channel) return
  const { values, errors } = readOptions(leaf, typed)
  const firstWrong = Object.keys(errors)[0]
  if (firstWrong !== undefined) {
    app.set({ command: { leaf, values: typed, errors, busy: false } })
    focusField(`option-${firstWrong}`)
    return
  }
  app.set({
    acted: acted(channel),
    composerError: undefined,
    command: app.ui.command && { ...app.ui.command, busy: true, errors: {} },
  })
  try {
    const interaction = await app.request({ do: 'command', channel, path: [...leaf.path], options: values })
    if (typeof interaction === 'string') app.set({ ran: { ...app.ui.ran, [interaction]: leaf.name } })
    app.set({ command: undefined, drafts: { ...app.ui.drafts, [channel]: '' } })
    focusComposer()
  } catch (error) {
    app.set({
      composerError: `/${leaf.name} was not run. ${errorText(error)}`,
      command: app.ui.command && { ...app.ui.command, busy: false },
    })
  }
}

/**
 * Takes a row of the picker. A command that was typed in full and needs nothing runs at once; any other opens
 * its fields, so that completing a name never runs it by accident.
 */
export const pickCommand = (app: Ready, leaf: Leaf): void => {
  const typedInFull = slashQuery(draftOf(app))?.trim().replace(/\s+/g, ' ') === leaf.name
  if (typedInFull && leaf.options.length === 0) {
    void runCommand(app, leaf, {})
    return
  }
  app.set({ command: { leaf, values: {}, errors: {}, busy: false }, composerError: undefined })
  const first = leaf.options[0]
  focusField(first ? `option-${first.name}` : 'run-command')
}

export const setOption = (app: Ready, name: string, value: string): void => {
  const { command } = app.ui
  if (!command) return
  const { [name]: _fixed, ...errors } = command.errors
  app.set({ command: { ...command, values: { ...command.values, [name]: value }, errors } })
}

export const submitCommand = (app: Ready): void => {
  const { command } = app.ui
  if (command && !command.busy) void runCommand(app, command.leaf, command.values)
}

export const cancelCommand = (app: Ready): void => {
  app.set({ command: undefined, composerError: undefined })
  focusComposer()
}

/** Writes a command into the composer for a newcomer, who then only has to press Enter. */
export const suggestCommand = (app: Ready, leaf: Leaf): void => {
  setDraft(app, `/${leaf.name}`)
  focusComposer()
}

export const clickKey = (message: string, customId: string): string => `${message}:${customId}`

/** How long a button shows that it waits, when its message does not change. */
const CLICK_SHOWN_MS = 3_500

export const clickButton = async (
  app: Ready,
  message: { readonly id: string; readonly channel_id: string },
  customId: string,
  values?: readonly string[],
): Promise<void> => {
  const key = clickKey(message.id, customId)
  if (app.ui.clicked.has(key)) return
  const release = (): void => {
    const clicked = new Set(app.ui.clicked)
    clicked.delete(key)
    app.set({ clicked })
  }
  app.set({ clicked: new Set(app.ui.clicked).add(key), acted: acted(message.channel_id) })
  try {
    const { id, channel_id: channel } = message
    const chosen = values ? { values: [...values] } : {}
    await app.request({ do: 'click', channel, message: id, customId, ...chosen })
    setTimeout(release, CLICK_SHOWN_MS)
  } catch (error) {
    release()
    app.set({ composerError: `The button did not work. ${errorText(error)}` })
  }
}

export const openModal = (app: Ready, event: PersonEvent & { readonly name: 'modal' }): void => {
  const values = Object.fromEntries(modalFields(event.modal).map((field) => [field.id, field.initial]))
  const { interaction, channel, modal } = event
  app.set({
    modal: { interaction, channel, modal, values, errors: {}, error: undefined, busy: false },
    drawer: false,
    peopleMenu: false,
  })
}

export const setField = (app: Ready, id: string, value: string): void => {
  const { modal } = app.ui
  if (!modal) return
  const { [id]: _fixed, ...errors } = modal.errors
  app.set({ modal: { ...modal, values: { ...modal.values, [id]: value }, errors } })
}

export const closeModal = (app: Ready): void => {
  app.set({ modal: undefined })
  focusComposer()
}

export const submitModal = async (app: Ready): Promise<void> => {
  const { modal } = app.ui
  if (!modal || modal.busy) return
  const errors: Record<string, string> = {}
  for (const field of modalFields(modal.modal)) {
    const error = fieldError(field, modal.values[field.id] ?? '')
    if (error) errors[field.id] = error
  }
  const firstWrong = Object.keys(errors)[0]
  if (firstWrong !== undefined) {
    app.set({ modal: { ...modal, errors } })
    focusField(`field-${firstWrong}`)
    return
  }
  app.set({ modal: { ...modal, busy: true, error: undefined }, acted: acted(modal.channel) })
  try {
    const { interaction, values } = modal
    const answer = await app.request({ do: 'submit', interaction, values: { ...values } })
    if (typeof answer === 'string') app.set({ sent: { answer, modal } })
    if (app.ui.modal?.interaction === modal.interaction) closeModal(app)
  } catch (error) {
    const open = app.ui.modal
    if (open?.interaction === modal.interaction) {
      app.set({ modal: { ...open, busy: false, error: errorText(error) } })
    }
  }
}

/** The bot did not answer a form: it opens again with what was written, as in Discord. */
export const reopenModal = (app: Ready, interaction: string): void => {
  const { sent, modal } = app.ui
  if (sent?.answer !== interaction || modal) return
  app.set({
    sent: undefined,
    modal: { ...sent.modal, busy: false, error: 'Something went wrong. Try again.' },
  })
}

export const dismissFailure = (app: Ready, interaction: string): void => {
  app.setWorld((world) => ({
    ...world,
    failed: world.failed.filter((failure) => failure.interaction !== interaction),
  }))
  focusComposer()
}
