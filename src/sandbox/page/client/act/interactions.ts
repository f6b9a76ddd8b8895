import type { PersonEvent } from '../../../people/protocol.ts'
import { errorText, type Ready } from '../app.ts'
import { focusComposer, focusField } from '../focus.ts'
import { fieldError, modalFields } from '../modal-fields.ts'

/** Notes that the person made the bot do something here. */
export const acted = (channel: string) => ({ at: Date.now(), channel })

export const clickKey = (message: string, customId: string): string => `${message}:${customId}`

/** How long a button shows that it waits, when its message does not change. */
const CLICK_SHOWN_MS = 3_500

type Place = { readonly id: string; readonly channel_id: string }

/** Uses a component of a message. `failed` begins what is said when that did not work. */
const use = async (
  app: Ready,
  message: Place,
  customId: string,
  chosen: { readonly values?: string[] },
  failed: string,
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
    await app.request({ do: 'click', channel, message: id, customId, ...chosen })
    setTimeout(release, CLICK_SHOWN_MS)
  } catch (error) {
    release()
    app.set({ composerError: `${failed} ${errorText(error)}` })
  }
}

export const clickButton = (app: Ready, message: Place, customId: string): Promise<void> =>
  use(app, message, customId, {}, 'The button did not work.')

/** Sends what was chosen in a select menu. */
export const choose = (app: Ready, message: Place, customId: string, values: string[]): Promise<void> =>
  use(app, message, customId, { values }, 'Your choice was not sent.')

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
