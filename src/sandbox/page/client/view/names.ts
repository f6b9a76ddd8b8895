import { openChannel } from '../act/navigation.ts'
import type { Ready } from '../app.ts'
import { channelName } from '../channels.ts'
import type { Names } from '../markdown/render.ts'
import { displayName, userById } from '../world.ts'

/** How the marks of a text are named for this person. */
export const namesFor = (app: Ready): Names => ({
  theme: app.ui.theme,
  user: (id) => {
    const user = userById(app.world, id)
    return { text: user ? displayName(user) : 'unknown-user' }
  },
  channel: (id) => {
    const channel = app.world.channels.get(id)
    return channel
      ? { text: channelName(channel), open: () => openChannel(app, id) }
      : { text: 'unknown-channel' }
  },
})
