import type { RoleName } from '../../story/settings.ts'
import type { ConnectionState } from '../../turn/ports/models.ts'
import { seconds } from './times.ts'

/** Whose choice a model is. */
export type ChosenBy = 'story' | 'server'

/** What Skein says about the models that it can ask, and about which of them is asked for what. */
export const modelTexts = {
  model: {
    about: 'The models that write',
    list: 'Show the connections, and which models are asked for what',
    set: 'Choose the model that is asked first',
    test: 'Make a short call to a model (for admins)',
    option: {
      role: 'For what it is asked',
      model: 'Which one, as connection/model; without it, as usual',
      where: 'Where it is chosen; without it, for this story',
      tested: 'Which one, as connection/model',
    },
    role: {
      planner: 'planner: what a turn needs',
      writer: 'writer: the story itself',
      archivist: 'archivist: what a turn has changed',
      summariser: 'summariser: what came before, in short',
      chronicler: 'chronicler: what each one keeps of a scene',
      biographer: 'biographer: how characters change',
      stager: 'stager: a first scene out of prose',
      segmenter: 'segmenter: what is what in prose without marks',
    } satisfies Record<RoleName, string>,
    where: { story: 'this story', server: 'the whole server' } satisfies Record<ChosenBy, string>,

    connections: '**Connections**',
    connection: (name: string, state: string, models: number) =>
      `- **${name}** · ${state}${models > 0 ? ` · lists ${models === 1 ? '1 model' : `${models} models`}` : ''}`,
    state: {
      untried: '⚪ not asked yet',
      ready: '🟢 answers',
      unreachable: '🔴 cannot be reached',
      unauthorized:
        '🔴 does not take Skein’s key: whoever runs Skein checks it and starts Skein again, or runs `/model test`',
      cooling: '🟠 left alone for a while, after failures',
    } satisfies Record<ConnectionState, string>,
    noConnections: 'There is no connection to any model. Whoever runs Skein sets one up.',
    roles: '**Who is asked for what, the first first**',
    chain: (role: RoleName, links: readonly string[]) =>
      `- **${role}** · ${links.length > 0 ? links.join(' → ') : 'nobody'}`,
    chosen: { story: 'for this story', server: 'for this server' } satisfies Record<ChosenBy, string>,
    link: (link: string, chosen: string | undefined) => (chosen ? `${link} (${chosen})` : link),

    notYours:
      'Only whoever started this story, or a moderator, can choose its models. Ask one of them; `/model list` shows who is asked.',
    unknown: (typed: string, names: string) =>
      `“${typed}” names no connection. Write it as \`connection/model\`; there is: ${names}. Nothing was changed.`,
    changed: (where: ChosenBy) =>
      `From the next call on, for ${where === 'story' ? 'this story' : 'all stories of this server that chose none'}:`,
    unlisted:
      'Its connection does not list this model. Where it does not answer, the next in the list is asked; `/model test` tries it.',
    unchanged: 'Nothing was changed: that is how it stood already. `/model list` shows who is asked.',

    /** Times in milliseconds. */
    answered: (link: string, first: number, all: number) =>
      `**${link}** answers: its first words after ${seconds(first)}, all of them after ${seconds(all)}.`,
    failed: (link: string, why: string) => `**${link}** gave no whole answer. ${why}`,
    silent: (link: string) => `**${link}** answered with no words. Try again, or choose another model.`,
  },
}
