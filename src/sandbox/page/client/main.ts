import { render } from 'lit'
import type { Welcome } from '../../people/protocol.ts'
import { loadOlder, markRead, openChannel, restoreRead, stepChannel } from './act/navigation.ts'
import { createAnnouncer } from './announce.ts'
import { type App, isReady } from './app.ts'
import { markedName } from './channels.ts'
import { defineComponents } from './components.ts'
import { type Connection, connect, type Link, NOT_CONNECTED } from './connection.ts'
import { focusComposer } from './focus.ts'
import { keepPerson, peopleAddress, wantedPerson } from './person.ts'
import { receive, settleIn } from './receive.ts'
import { createScroll } from './scroll.ts'
import { recall } from './storage.ts'
import { initialUi, type Theme, type Ui } from './ui.ts'
import { frame } from './view/frame.ts'
import { type World, worldFrom } from './world.ts'

const root = document.getElementById('app') ?? document.body
const preferredTheme = (): Theme => {
  const kept = recall('theme')
  if (kept === 'dark' || kept === 'light') return kept
  return window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
}

let link: Link = 'connecting'
let world: World | undefined
let ui: Ui = { ...initialUi(preferredTheme()), dismissedNotice: recall('notice') ?? '' }
let connection: Connection | undefined
let wanted = wantedPerson()
let refusals = 0
let drawn = true

const app: App = {
  get link() {
    return link
  },
  get world() {
    return world
  },
  get ui() {
    return ui
  },
  set(patch) {
    ui = { ...ui, ...patch }
    draw()
  },
  setWorld(change) {
    if (world) world = change(world)
    draw()
  },
  request: (action) => connection?.request(action) ?? Promise.reject(new Error('Not connected.')),
  become(person) {
    wanted = person
    keepPerson(person)
    ui = { ...initialUi(ui.theme), dismissedNotice: ui.dismissedNotice, channel: ui.channel }
    open()
  },
}

const announcer = createAnnouncer(() => document.getElementById('announcer'))

const scroll = createScroll(() => root.querySelector<HTMLElement>('.scroller'), {
  atEnd: () => {
    if (app.ui.unseen > 0) app.set({ unseen: 0 })
    if (isReady(app) && app.ui.channel) markRead(app, app.ui.channel)
  },
  nearStart: () => {
    if (isReady(app)) void loadOlder(app)
  },
})

let shownChannel: string | undefined

/** Draws once for all changes of a moment. */
const draw = (): void => {
  if (!drawn) return
  drawn = false
  queueMicrotask(() => {
    drawn = true
    document.documentElement.dataset.theme = ui.theme
    const channel = world?.channels.get(ui.channel ?? '')
    document.title = channel ? `${markedName(channel)} · Skein` : 'Skein'
    render(frame(app, jumpToEnd), root)
    if (ui.channel !== shownChannel) {
      shownChannel = ui.channel
      scroll.toEnd()
    }
    scroll.drawn()
  })
}

const jumpToEnd = (): void => {
  scroll.toEnd()
  app.set({ unseen: 0 })
  focusComposer()
}

/** The server says who this is and what there is to see: at first, and again after each lost connection. */
const greet = (welcome: Welcome): void => {
  const someoneElse = wanted !== undefined && wanted !== welcome.me.id
  if (someoneElse && welcome.people.some(({ id }) => id === wanted)) {
    open()
    return
  }
  const newcomer = world?.me.id !== welcome.me.id
  wanted = welcome.me.id
  refusals = 0
  world = worldFrom(welcome, world)
  if (!isReady(app)) return
  if (newcomer) {
    keepPerson(welcome.me.id)
    restoreRead(app)
  }
  settleIn(app)
  draw()
}

/** Connects as the wanted person; a server that refuses is asked every other time to choose one itself. */
const open = (): void => {
  connection?.close()
  refusals = 0
  connection = connect(() => peopleAddress(refusals % 2 === 0 ? wanted : undefined), {
    frame: (frame) => {
      if (frame.type === 'welcome') greet(frame)
      else if (isReady(app)) receive(app, frame.event, scroll, announcer)
    },
    link: (now) => {
      link = now
      if (now === 'open' && ui.composerError?.endsWith(NOT_CONNECTED))
        ui = { ...ui, composerError: undefined }
      draw()
    },
    refused: () => {
      refusals += 1
    },
  })
}

/** Typing anywhere writes a message, as in Discord. */
const typeAnywhere = (event: KeyboardEvent): void => {
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown') && isReady(app)) {
    event.preventDefault()
    stepChannel(app, event.key === 'ArrowUp' ? -1 : 1)
    return
  }
  const plainKey =
    event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
  const nowhere =
    document.activeElement === document.body || document.activeElement?.matches('.scroller, .entry')
  if (plainKey && nowhere) document.getElementById('composer')?.focus()
}

/** Signs of typing end by themselves. */
const endTyping = (): void => {
  const now = Date.now()
  if (!world?.typing.some(({ until }) => until <= now)) return
  app.setWorld((current) => ({ ...current, typing: current.typing.filter(({ until }) => until > now) }))
}

defineComponents()
root.replaceChildren()
draw()
open()
setInterval(endTyping, 1_000)
document.addEventListener('keydown', typeAnywhere)
window.addEventListener('hashchange', () => {
  if (isReady(app)) openChannel(app, decodeURIComponent(location.hash.slice(1)))
})
