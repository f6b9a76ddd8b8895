import type { Ready } from '../app.ts'
import { keepInView } from '../focus.ts'
import { type Choice, optionsSoFar } from '../options.ts'
import type { Suggesting } from '../ui.ts'

/** The bot is asked once typing has paused for this long. */
const ASK_AFTER_MS = 200

let pause: ReturnType<typeof setTimeout> | undefined
let turns = 0

/** The element of a choice in the list. */
export const suggestionId = (index: number): string => `suggestion-${index}`

/** What the list of choices shows; `pending` while the answer to the newest text is on its way. */
export type Suggestions = { readonly rows: readonly Choice[]; readonly pending: boolean }

/** The choices for an option that is being typed; undefined while their list is closed. */
export const suggestionsFor = (app: Ready, option: string): Suggestions | undefined => {
  const { suggesting, choices } = app.ui
  if (suggesting?.option !== option) return undefined
  const answered = suggesting.asked !== undefined && choices?.interaction === suggesting.asked
  return answered ? { rows: choices.choices, pending: false } : { rows: suggesting.before, pending: true }
}

/** The newest question, unless the person has typed on or gone elsewhere. */
const stillAsking = (app: Ready, turn: number): Suggesting | undefined =>
  app.ui.suggesting?.turn === turn ? app.ui.suggesting : undefined

const ask = async (app: Ready, turn: number): Promise<void> => {
  const { command, channel } = app.ui
  const asking = stillAsking(app, turn)
  if (!asking || !command || !channel) return
  const { leaf } = command
  const { option: focused } = asking
  try {
    const options = optionsSoFar(leaf, command, focused)
    const interaction = await app.request({ do: 'suggest', channel, path: [...leaf.path], options, focused })
    const open = stillAsking(app, turn)
    if (open && typeof interaction === 'string') app.set({ suggesting: { ...open, asked: interaction } })
  } catch {
    // Choices are a help, not a need: the text can be sent without them.
    if (stillAsking(app, turn)) closeSuggestions(app)
  }
}

/** Opens the list for what stands in the field, and asks the bot once typing has paused. */
export const openSuggestions = (app: Ready, option: string): void => {
  clearTimeout(pause)
  turns += 1
  const turn = turns
  const before = suggestionsFor(app, option)?.rows ?? []
  app.set({ suggesting: { option, turn, asked: undefined, before, index: -1 } })
  pause = setTimeout(() => void ask(app, turn), ASK_AFTER_MS)
}

export const closeSuggestions = (app: Ready): void => {
  clearTimeout(pause)
  if (app.ui.suggesting) app.set({ suggesting: undefined })
}

/**
 * Moves the highlight; beyond either end it leaves the list, so that Enter takes the text again. It stays where it is
 * while an answer may still change the rows under it.
 */
export const moveSuggestion = (app: Ready, step: 1 | -1): void => {
  const { suggesting } = app.ui
  const shown = suggesting && suggestionsFor(app, suggesting.option)
  if (!shown || shown.pending || shown.rows.length === 0) return
  const stops = shown.rows.length + 1
  const index = ((suggesting.index + 1 + step + stops) % stops) - 1
  app.set({ suggesting: { ...suggesting, index } })
  keepInView(suggestionId(index))
}

export const takeSuggestion = (app: Ready, option: string, choice: Choice): void => {
  const { command } = app.ui
  if (!command) return
  const { [option]: _fixed, ...errors } = command.errors
  closeSuggestions(app)
  app.set({
    command: {
      ...command,
      values: { ...command.values, [option]: choice.name },
      chosen: { ...command.chosen, [option]: choice },
      errors,
    },
  })
}
