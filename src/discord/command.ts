import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js'
import type { NewId } from '../kit/ids.ts'
import type { Logger } from '../kit/logger.ts'
import type { Texts } from '../locales/en.ts'
import type { OocMarks } from '../story/segment.ts'
import type { Engine } from '../turn/engine.ts'
import type { Backups, StoryList, StoryStore, ThreadStore } from '../turn/ports.ts'

/** What every handler of the Discord face may use. */
export type Face = {
  readonly engine: Engine
  readonly threads: ThreadStore
  readonly stories: StoryList
  readonly backups: Backups
  readonly load: StoryStore['load']
  readonly texts: Texts
  readonly oocMarks: OocMarks
  readonly newId: NewId
  readonly log: Logger
}

/** Handles one control by the name in its custom id; `args` is what else the id carries. */
type Control<Interaction> = (interaction: Interaction, args: readonly string[], face: Face) => Promise<void>

export type ButtonHandler = Control<ButtonInteraction<'cached'>>
export type ModalHandler = Control<ModalSubmitInteraction<'cached'>>
export type CommandHandler = (interaction: ChatInputCommandInteraction<'cached'>, face: Face) => Promise<void>

/** A slash command: plain data for Discord, one handler for each subcommand, and what its replies bring along. */
export type Command = {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody
  readonly subcommands: Readonly<Record<string, CommandHandler>>
  readonly buttons?: Readonly<Record<string, ButtonHandler>>
  readonly modals?: Readonly<Record<string, ModalHandler>>
}
