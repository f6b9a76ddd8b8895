import type { APIMessage } from 'discord-api-types/v10'
import { errorText, type Ready } from '../app.ts'
import { focusEntry, focusWithin } from '../focus.ts'
import type { MessageMenu } from '../ui.ts'
import { acted } from './interactions.ts'

export const MENU_ID = 'message-menu'

const focusMenu = (): void => focusWithin(MENU_ID, '[role=menuitem]:not(.back)')

/** Opens the menu of a message at a point of the window. One that is open for it already stays where it is. */
export const openMenu = (app: Ready, message: APIMessage, at: MessageMenu['at']): void => {
  if (app.ui.menu?.message.id === message.id) return
  app.set({ menu: { message, at, apps: false }, active: undefined })
  focusMenu()
}

/** Turns to the apps' commands and back. */
export const showApps = (app: Ready, apps: boolean): void => {
  const { menu } = app.ui
  if (!menu) return
  // The item that has the focus goes away with its page: the menu itself hears the keys until the next has it.
  document.getElementById(MENU_ID)?.focus()
  app.set({ menu: { ...menu, apps } })
  focusMenu()
}

export const closeMenu = (app: Ready): void => {
  const { menu } = app.ui
  if (!menu) return
  app.set({ menu: undefined })
  focusEntry(menu.message.id)
}

/** Runs an app’s command on a message. */
export const runMessageCommand = async (app: Ready, message: APIMessage, name: string): Promise<void> => {
  const { id, channel_id: channel } = message
  closeMenu(app)
  app.set({ acted: acted(channel), composerError: undefined })
  try {
    const interaction = await app.request({ do: 'messageCommand', channel, message: id, name })
    if (typeof interaction === 'string') app.set({ ran: { ...app.ui.ran, [interaction]: name } })
  } catch (error) {
    app.set({ composerError: `“${name}” was not used. ${errorText(error)}` })
  }
}
