import { ANSWER_LENGTHS, RECALLED_MOST, type StorySettings } from '../../story/settings.ts'

const { least, most } = ANSWER_LENGTHS

type Writing = NonNullable<StorySettings['mode']>

/** What Skein says about what is decided for a server and for a story. */
export const settingTexts = {
  settings: {
    about: 'What is decided for this server and this story',
    show: 'Show what holds here, and where it comes from',
    server: 'Decide for all stories of this server (for admins)',
    story: 'Decide for this story',
    option: {
      zone: 'Its time zone, as Europe/Berlin; “-” for that of the machine that Skein runs on',
      segmenter: 'Whether a model is asked what is what in prose without marks',
      writing: 'How an answer is written',
      recalled: `How many memories come to a character’s mind, from 0 to ${RECALLED_MOST}; -1 for as usual`,
      length: `The greatest length of an answer, in tokens, from ${least} to ${most}; 0 for as usual`,
    },
    writing: {
      full: 'full: a planner chooses who speaks',
      lean: 'lean: a rule chooses who speaks',
      bare: 'bare: as lean, and nothing is noted of what a turn brings about',
      usual: 'as usual',
    } satisfies Record<Writing | 'usual', string>,

    adminsOnly: 'This is for people with the Manage Server permission. Ask one of them.',
    notYours:
      'Only whoever started this story, or a moderator, can decide this for it. Ask one of them; `/settings show` shows what holds.',
    field: {
      zone: 'Time zone',
      segmenter: 'Prose without marks',
      writing: 'Writing',
      length: 'Length of answers',
      recalled: 'Memories that come to mind',
    },
    ofServer: '**For this server**',
    ofStory: '**For this story**',
    entry: (label: string, value: string, from: string) => `- ${label}: **${value}** · ${from}`,
    from: {
      server: 'set for this server',
      story: 'set for this story',
      machine: 'of the machine that Skein runs on',
      usual: 'as usual',
    },
    segmented: 'a model is asked what is what',
    unsegmented: 'taken as it is',
    memories: (count: number) => (count === 1 ? '1 memory' : `${count} memories`),
    tokens: (count: number) => `at most ${count} tokens`,
    elsewhere: 'In a story’s thread you see what is decided for that story, too.',
    changed: 'It holds from the next turn on.',
    unknownZone: (typed: string) =>
      `“${typed}” is no time zone. Nothing was changed; type a city, as Berlin, and choose from the list that comes up.`,
    badLength: (typed: number) =>
      `${typed} tokens are too few for an answer. Nothing was changed; choose ${least} to ${most}, or 0 for as usual.`,
    nothingSaid: 'Say what is to change, with one of the options. Nothing was changed.',
  },
}
