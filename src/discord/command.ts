import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Client,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
} from 'discord.js'
import type { Clock } from '../kit/clock.ts'
import type { NewId } from '../kit/ids.ts'
import type { Logger } from '../kit/logger.ts'
import type { Texts } from '../locales/en.ts'
import type { TextId, TurnId } from '../story/ref.ts'
import type { OocMarks } from '../story/segment.ts'
import type { TurnDeps } from '../turn/context.ts'
import type { Engine } from '../turn/engine.ts'
import type { Kickoffs } from '../turn/kickoff.ts'
import type { EvolutionStore } from '../turn/ports/evolution.ts'
import type { Ledger } from '../turn/ports/ledger.ts'
import type { KeptFailure, ModelDirectory } from '../turn/ports/models.ts'
import type { RecallStore } from '../turn/ports/recall.ts'
import type { RecordStore } from '../turn/ports/records.ts'
import type { SettingsStore } from '../turn/ports/settings.ts'
import type { StoryAdmin } from '../turn/ports/stories.ts'
import type { TemplateStore } from '../turn/ports/templates.ts'
import type { BranchStore, ErasureStore, MemoryStore, TimelineStore } from '../turn/ports/timeline.ts'
import type { Backups, DeliveryStore, PostStore, StoryList, StoryStore, ThreadStore } from '../turn/ports.ts'
import type { Timeline } from '../turn/timeline.ts'
import type { Pauses } from './pause.ts'
import type { Redraw } from './redraw.ts'

/** What every handler of the Discord face may use. */
export type Face = {
  readonly engine: Engine
  /** Proposals for scenes, and those that wait to be confirmed. */
  readonly kickoffs: Kickoffs
  readonly threads: ThreadStore
  readonly stories: StoryList
  readonly admin: StoryAdmin
  readonly backups: Backups
  readonly load: StoryStore['load']
  readonly lines: StoryStore['lines']
  /** Words by the ids of their texts, of whatever turn. Those that were erased are missing. */
  readonly words: (story: string, ids: readonly TextId[]) => Promise<ReadonlyMap<TextId, string>>
  /** Moves heads, one at a time on each branch. */
  readonly timeline: Timeline
  /** What heads see of the past. */
  readonly past: TimelineStore
  readonly branches: BranchStore
  readonly memories: MemoryStore
  readonly recollections: RecallStore
  readonly evolutions: EvolutionStore
  readonly erasure: ErasureStore
  readonly posts: PostStore
  readonly deliveries: DeliveryStore
  readonly ledger: Ledger
  readonly settings: SettingsStore
  readonly pauses: Pauses
  readonly models: ModelDirectory
  /** Servers' own prompts, and those of servers that have none. */
  readonly templates: TemplateStore
  readonly prompts: TurnDeps['prompts']
  /** How an answer is written where a story says nothing else. */
  readonly usual: Pick<TurnDeps, 'mode' | 'maxTokens'> & { readonly recalled: number }
  /** What was asked of models, and the structured answers that came to nothing. */
  readonly records: RecordStore
  readonly failures: { failuresOf(story: string, turn: TurnId): Promise<KeptFailure[]> }
  readonly redraw: Redraw
  /** Resolves once what was missed in a thread is read: what is said there now comes after it. */
  readonly caughtUp: (channel: string) => Promise<void>
  readonly client: Client
  readonly clock: Clock
  readonly texts: Texts
  readonly oocMarks: OocMarks
  readonly newId: NewId
  readonly log: Logger
}

/** Handles one control by the name in its custom id; `args` is what else the id carries. */
type Control<Interaction> = (interaction: Interaction, args: readonly string[], face: Face) => Promise<void>

export type ButtonHandler = Control<ButtonInteraction<'cached'>>
export type SelectHandler = Control<StringSelectMenuInteraction<'cached'>>
export type ModalHandler = Control<ModalSubmitInteraction<'cached'>>
export type CommandHandler = (interaction: ChatInputCommandInteraction<'cached'>, face: Face) => Promise<void>

/** What someone may choose for an option. `name` is what they read, `value` what the handler gets. */
export type Suggestion = { readonly name: string; readonly value: string }

/** Suggests for an option, while someone types in it. The best come first: Discord shows 25. */
export type Suggest = (
  interaction: AutocompleteInteraction<'cached'>,
  typed: string,
  face: Face,
) => Promise<readonly Suggestion[]>

/** What the replies of a command bring along, by the name in their custom ids. */
type Controls = {
  readonly buttons?: Readonly<Record<string, ButtonHandler>>
  readonly selects?: Readonly<Record<string, SelectHandler>>
  readonly modals?: Readonly<Record<string, ModalHandler>>
}

/** One handler, or one for each subcommand: those in a group stand under `group subcommand`. */
type Handlers =
  | { readonly run: CommandHandler; readonly subcommands?: never }
  | { readonly subcommands: Readonly<Record<string, CommandHandler>>; readonly run?: never }

/** A slash command: plain data for Discord, its handlers, and who suggests for its options, by their names. */
export type Command = Controls &
  Handlers & {
    readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody
    readonly autocomplete?: Readonly<Record<string, Suggest>>
  }

/** A command in the menu of a message. */
export type MessageCommand = Controls & {
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody
  readonly run: (interaction: MessageContextMenuCommandInteraction<'cached'>, face: Face) => Promise<void>
}
