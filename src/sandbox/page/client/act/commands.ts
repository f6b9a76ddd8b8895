import { errorText, type Ready } from '../app.ts'
import { type Leaf, leavesOf, matching, slashQuery } from '../commands.ts'
import { focusComposer, focusField } from '../focus.ts'
import { readOptions } from '../options.ts'
import type { OpenCommand } from '../ui.ts'
import { encoded } from './files.ts'
import { acted } from './interactions.ts'
import { draftOf, setDraft } from './messages.ts'

const opened = (leaf: Leaf): OpenCommand => ({
  leaf,
  values: {},
  chosen: {},
  files: {},
  errors: {},
  busy: false,
})

/** What the slash-command picker shows; undefined while it is closed. */
export const pickerRows = (app: Ready): readonly Leaf[] | undefined => {
  const query = slashQuery(draftOf(app))
  if (query === undefined || app.ui.pick.closed || app.ui.command) return undefined
  return matching(leavesOf(app.world.commands), query)
}

const runCommand = async (app: Ready, command: OpenCommand): Promise<void> => {
  const { channel } = app.ui
  if (!channel) return
  const { leaf } = command
  const { values, errors } = readOptions(leaf, command)
  const firstWrong = Object.keys(errors)[0]
  if (firstWrong !== undefined) {
    app.set({ command: { ...command, errors }, suggesting: undefined })
    focusField(`option-${firstWrong}`)
    return
  }
  app.set({
    acted: acted(channel),
    composerError: undefined,
    suggesting: undefined,
    command: app.ui.command && { ...command, busy: true, errors: {} },
  })
  try {
    const files = await encoded(command.files)
    const attached = Object.keys(files).length > 0 ? { files } : {}
    const path = [...leaf.path]
    const interaction = await app.request({ do: 'command', channel, path, options: values, ...attached })
    if (typeof interaction === 'string') app.set({ ran: { ...app.ui.ran, [interaction]: `/${leaf.name}` } })
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
    void runCommand(app, opened(leaf))
    return
  }
  app.set({ command: opened(leaf), composerError: undefined })
  const first = leaf.options[0]
  focusField(first ? `option-${first.name}` : 'run-command')
}

const without = <V>(record: Readonly<Record<string, V>>, name: string): Record<string, V> => {
  const { [name]: _left, ...rest } = record
  return rest
}

export const setOption = (app: Ready, name: string, value: string): void => {
  const { command } = app.ui
  if (!command) return
  app.set({
    command: {
      ...command,
      values: { ...command.values, [name]: value },
      chosen: without(command.chosen, name),
      errors: without(command.errors, name),
    },
  })
}

/** Puts a file into an option, or takes it out again. */
export const setFile = (app: Ready, name: string, file: File | undefined): void => {
  const { command } = app.ui
  if (!command) return
  const others = without(command.files, name)
  app.set({
    command: {
      ...command,
      files: file ? { ...others, [name]: file } : others,
      errors: without(command.errors, name),
    },
  })
  focusField(file ? `option-${name}-remove` : `option-${name}`)
}

export const submitCommand = (app: Ready): void => {
  const { command } = app.ui
  if (command && !command.busy) void runCommand(app, command)
}

export const cancelCommand = (app: Ready): void => {
  app.set({ command: undefined, suggesting: undefined, composerError: undefined })
  focusComposer()
}

/** Writes a command into the composer for a newcomer, who then only has to press Enter. */
export const suggestCommand = (app: Ready, leaf: Leaf): void => {
  setDraft(app, `/${leaf.name}`)
  focusComposer()
}
