import type {
  APIAttachment,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10'
import type { Leaf } from './commands.ts'
import type { Choice, Filled } from './options.ts'

export type Theme = 'dark' | 'light'

export type OpenModal = {
  readonly interaction: string
  readonly channel: string
  readonly modal: APIModalInteractionResponseCallbackData
  readonly values: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
  readonly error: string | undefined
  readonly busy: boolean
}

/** A form that was sent: it comes back with what was written when the bot does not answer. */
export type SentModal = { readonly answer: string; readonly modal: OpenModal }

export type OpenCommand = Filled & {
  readonly leaf: Leaf
  readonly files: Readonly<Record<string, File>>
  readonly errors: Readonly<Record<string, string>>
  readonly busy: boolean
}

/** The list of choices beneath an option while it is typed. */
export type Suggesting = {
  readonly option: string
  /** Counts what was asked, so that an answer to an older text is told from the newest. */
  readonly turn: number
  /** The interaction that the newest text was asked with, once it is known. */
  readonly asked: string | undefined
  /** What was shown before: it stays until the answer is there. */
  readonly before: readonly Choice[]
  /** The highlighted choice; -1 while Enter would run the command with what was typed. */
  readonly index: number
}

/** The menu of one message: where it was asked for, and whether its page of apps is open. */
export type MessageMenu = {
  readonly message: APIMessage
  readonly at: { readonly x: number; readonly y: number }
  readonly apps: boolean
}

export type Editing = {
  readonly message: APIMessage
  readonly text: string
  readonly error: string | undefined
}

/** A message that was sent and is not confirmed yet. */
export type Sending = { readonly key: number; readonly channel: string; readonly content: string }

/** What the person is doing with the page: all that is not the world's. */
export type Ui = {
  readonly theme: Theme
  readonly channel: string | undefined
  readonly drawer: boolean
  readonly peopleMenu: boolean
  readonly dismissedNotice: string
  readonly drafts: Readonly<Record<string, string>>
  readonly composerError: string | undefined
  readonly sending: readonly Sending[]
  readonly reply: APIMessage | undefined
  readonly editing: Editing | undefined
  readonly deleting: APIMessage | undefined
  readonly command: OpenCommand | undefined
  readonly suggesting: Suggesting | undefined
  /** What the bot last answered when it was asked for choices. */
  readonly choices: { readonly interaction: string; readonly choices: readonly Choice[] } | undefined
  readonly menu: MessageMenu | undefined
  /** The picture that is looked at in full, and the message that it hangs on. */
  readonly picture: { readonly message: string; readonly file: APIAttachment } | undefined
  /** The highlighted row of the slash-command picker, and whether the person has closed it. */
  readonly pick: { readonly index: number; readonly closed: boolean }
  readonly modal: OpenModal | undefined
  readonly sent: SentModal | undefined
  /** The message whose tools a tap has shown. */
  readonly active: string | undefined
  /** Messages that arrived below while the person was reading further up. */
  readonly unseen: number
  readonly loadingOlder: boolean
  /** Newest message read, by channel. */
  readonly read: Readonly<Record<string, string>>
  /** Buttons that were clicked and have not been answered: `message:customId`. */
  readonly clicked: ReadonlySet<string>
  /** The commands that this person ran, as they are shown, by interaction: Discord no longer tells them with the answer. */
  readonly ran: Readonly<Record<string, string>>
  /** When and where the person last made the bot do something, to follow it into the thread that it opens. */
  readonly acted: { readonly at: number; readonly channel: string } | undefined
}

export const initialUi = (theme: Theme): Ui => ({
  theme,
  channel: undefined,
  drawer: false,
  peopleMenu: false,
  dismissedNotice: '',
  drafts: {},
  composerError: undefined,
  sending: [],
  reply: undefined,
  editing: undefined,
  deleting: undefined,
  command: undefined,
  suggesting: undefined,
  choices: undefined,
  menu: undefined,
  picture: undefined,
  pick: { index: 0, closed: false },
  modal: undefined,
  sent: undefined,
  active: undefined,
  unseen: 0,
  loadingOlder: false,
  read: {},
  clicked: new Set(),
  ran: {},
  acted: undefined,
})
