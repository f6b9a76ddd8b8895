import type { APIMessage, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
import { describe } from '../tour/transcript.ts'
import type { SeenMessage, Visitor } from './visitor.ts'

/** A filled-in form of `/story start`. */
export const FORM = {
  title: 'The Lighthouse',
  premise: 'A storm has cut off the island, and the light went out.',
  name: 'Mira',
  persona: 'The keeper’s daughter.',
  you: 'Ada, a smuggler',
}

type Options = Readonly<Record<string, string | number | boolean>>

/** Files for a command's options: their names, and their bytes in base64. */
type Files = Readonly<Record<string, { readonly name: string; readonly data: string }>>

/** A form that is open. */
export type OpenForm = {
  readonly title: string
  /** What stands in its inputs, by their ids. */
  readonly values: Readonly<Record<string, string>>
  /** Writes into its inputs, leaves the others as they stand, sends it, and gives Skein's private reply. */
  fill(values: Readonly<Record<string, string>>): Promise<APIMessage>
}

/** What a person does in a story. `print` is told of it as it happens. */
export type Player = {
  /** Fills in the form of `/story start` and gives the thread that opens, with the opening told. */
  start(channel: string, form: Readonly<Record<string, string>>): Promise<string>
  say(thread: string, content: string): Promise<void>
  /** Waits for the answer to grow, and resolves in the middle of it. */
  growing(thread: string): Promise<SeenMessage>
  /** Waits for the answer's end. */
  answer(thread: string): Promise<SeenMessage>
  click(message: APIMessage, label: string): Promise<void>
  /** Runs a command and gives Skein's private reply. */
  command(channel: string, path: string[], options?: Options, files?: Files): Promise<APIMessage>
  /** Runs a command of a message's menu and gives Skein's private reply. */
  messageCommand(channel: string, message: string, name: string): Promise<APIMessage>
  /** Runs a command that answers with a form. */
  openForm(channel: string, path: string[], options?: Options): Promise<OpenForm>
  /** Runs a command of a message's menu that answers with a form. */
  messageCommandForForm(channel: string, message: string, name: string): Promise<OpenForm>
  /** Types into an option of a command, and gives what it suggests. */
  suggested(channel: string, path: string[], options: Options, focused: string): Promise<string[]>
  /** Presses a button that answers with a form. */
  clickForForm(message: APIMessage, label: string): Promise<OpenForm>
  /** Presses a button and gives Skein's private reply. */
  clickForReply(message: APIMessage, label: string): Promise<APIMessage>
}

/** The small print of a thread that tells nothing: how to play, who one plays, for whom a round waits, where the story went elsewhere. */
const NOTICE = /^-# (?:Write here to play|You play as|─|Your new words|What happened last|⌛|🌿|📦|🗄️|🗃️|🗑️)/u

/** What Skein tells in a thread. */
export const isTold = ({ message }: Pick<SeenMessage, 'message'>): boolean =>
  message.author.bot === true && !NOTICE.test(message.content)

/** Skein's answer has ended when its Stop button is gone. */
export const isLive = ({ components = [] }: APIMessage): boolean =>
  JSON.stringify(components).includes('stop:')

/** The buttons under a message. */
export const labelsOf = ({ components = [] }: APIMessage): string[] =>
  components.flatMap((row) =>
    'components' in row ? row.components.flatMap((part) => ('label' in part ? [part.label ?? ''] : [])) : [],
  )

const customIdOf = (message: APIMessage, label: string): string => {
  for (const row of message.components ?? [])
    if ('components' in row)
      for (const part of row.components)
        if ('label' in part && part.label === label && 'custom_id' in part) return part.custom_id
  throw new Error(`no button "${label}" under: ${message.content}`)
}

const valuesIn = ({ components }: APIModalInteractionResponseCallbackData): Record<string, string> =>
  Object.fromEntries(
    components.flatMap((part) =>
      'component' in part && 'custom_id' in part.component
        ? [[part.component.custom_id, ('value' in part.component && part.component.value) || '']]
        : [],
    ),
  )

export const playerOn = (visitor: Visitor, print: (text: string) => void = () => {}): Player => {
  let askedAt = Date.now()
  let known = new Set<string>()
  let said = 0n

  const ask = async (action: Parameters<Visitor['do']>[0], channel?: string) => {
    known = new Set(channel ? visitor.messagesIn(channel).map(({ message }) => message.id) : [])
    said = 0n
    askedAt = Date.now()
    return visitor.do(action)
  }
  // An older message that is seen for the first time, because it was edited, answers nothing.
  const fresh = ({ messagesIn }: Visitor, thread: string) =>
    messagesIn(thread).filter(
      (seen) => isTold(seen) && !known.has(seen.message.id) && BigInt(seen.message.id) > said,
    )

  const answer = async (thread: string) => {
    const told = await visitor.until('the end of an answer', (seen) => {
      const parts = fresh(seen, thread)
      const last = parts.at(-1)
      return last && !isLive(last.message) ? parts : undefined
    })
    for (const part of told) print(describe(part, askedAt))
    return told.at(-1) as SeenMessage
  }

  // What is pressed may change the message that it stands under, which is the reply to something else.
  const privateReply = (what: string, interaction: unknown) =>
    visitor.until(what, (_seen, event) =>
      (event?.name === 'message' || event?.name === 'message_edited') &&
      event.ephemeral &&
      (event.message.interaction_metadata?.id === interaction || event.name === 'message_edited') &&
      event.message.content !== ''
        ? event.message
        : undefined,
    )

  /** The reply to a command stands in its channel, and may be there before it is known which one that was. */
  const replyIn = (channel: string, what: string, interaction: unknown) =>
    visitor.until(
      what,
      ({ messagesIn }) =>
        messagesIn(channel).find(
          ({ message }) => message.interaction_metadata?.id === interaction && message.content !== '',
        )?.message,
    )

  const modalAfter = async (act: () => Promise<unknown>) => {
    const opened = visitor.until('the form', (_seen, event) => (event?.name === 'modal' ? event : undefined))
    await act()
    return opened
  }
  const formAfter = async (act: () => Promise<unknown>): Promise<OpenForm> => {
    const { interaction, modal } = await modalAfter(act)
    const values = valuesIn(modal)
    return {
      title: modal.title,
      values,
      fill: async (written) => {
        const submitted = await visitor.do({ do: 'submit', interaction, values: { ...values, ...written } })
        return privateReply(`the reply to the form “${modal.title}”`, submitted)
      },
    }
  }
  const press = (message: APIMessage, label: string) => {
    print(`  ${visitor.welcome.me.username} presses [${label}]`)
    return visitor.do({
      do: 'click',
      channel: message.channel_id,
      message: message.id,
      customId: customIdOf(message, label),
    })
  }

  return {
    start: async (channel, form) => {
      const before = new Set(visitor.channels.keys())
      const { interaction } = await modalAfter(() =>
        ask({ do: 'command', channel, path: ['story', 'start'], options: {} }),
      )
      known = new Set()
      askedAt = Date.now()
      const submitted = await visitor.do({ do: 'submit', interaction, values: { ...form } })
      const reply = await privateReply('the link to the thread', submitted)
      print(`  (for the player alone) ${reply.content}`)
      const thread = await visitor.until('the thread', ({ channels }) =>
        [...channels.keys()].find((id) => !before.has(id)),
      )
      await answer(thread)
      return thread
    },
    say: async (thread, content) => {
      print(`  ${visitor.welcome.me.global_name ?? visitor.welcome.me.username}\n    ${content}`)
      const message = (await ask({ do: 'send', channel: thread, content }, thread)) as APIMessage
      said = BigInt(message.id)
    },
    growing: (thread) =>
      visitor.until('an answer that grows', (seen) =>
        fresh(seen, thread).find(({ message }) => isLive(message) && message.content.length > 60),
      ),
    answer,
    click: async (message, label) => {
      await press(message, label)
    },
    command: async (channel, path, options = {}, files = {}) => {
      const interaction = await visitor.do({ do: 'command', channel, path, options, files })
      return replyIn(channel, `the reply to /${path.join(' ')}`, interaction)
    },
    messageCommand: async (channel, message, name) => {
      const interaction = await visitor.do({ do: 'messageCommand', channel, message, name })
      return replyIn(channel, `the reply to “${name}”`, interaction)
    },
    openForm: (channel, path, options = {}) =>
      formAfter(() => visitor.do({ do: 'command', channel, path, options })),
    messageCommandForForm: (channel, message, name) =>
      formAfter(() => visitor.do({ do: 'messageCommand', channel, message, name })),
    suggested: async (channel, path, options, focused) => {
      const choices = visitor.until('suggestions', (_seen, event) =>
        event?.name === 'choices' ? event.choices.map(({ name }) => name) : undefined,
      )
      await visitor.do({ do: 'suggest', channel, path, options, focused })
      return choices
    },
    clickForForm: (message, label) => formAfter(() => press(message, label)),
    clickForReply: async (message, label) =>
      privateReply(`the reply to [${label}]`, await press(message, label)),
  }
}
