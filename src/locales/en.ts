import type { CharacterRefusal, PersonaRefusal } from '../story/edit/people.ts'
import type { OocMarks } from '../story/segment.ts'
import { branchTexts } from './en/branches.ts'
import { bundleFaults } from './en/bundle.ts'
import { evolutionTexts } from './en/evolution.ts'
import { inspectTexts } from './en/inspect.ts'
import { kickoffTexts } from './en/kickoff.ts'
import { memoryTexts } from './en/memory.ts'
import { modelTexts } from './en/models.ts'
import { moneyTexts } from './en/money.ts'
import { playTexts } from './en/play.ts'
import { safetyTexts } from './en/safety.ts'
import { settingTexts } from './en/settings.ts'
import { stateTexts } from './en/state.ts'
import { storyTexts } from './en/stories.ts'
import { timelineTexts } from './en/timeline.ts'
import { turnTexts } from './en/turn.ts'
import { worldEdits } from './en/world.ts'

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

/** What is wrong with a backup; the words go on from a colon. */
const backupFault = {
  missing: 'there is no such file',
  not_a_database: 'this is no database file, or its beginning is lost',
  altered: 'the file has changed since it was made, or was not copied whole',
  damaged: 'the database in it is damaged',
  foreign: 'this is a database, but not one of Skein’s',
  too_new: 'it was made by a newer Skein; update Skein first',
  unreadable: 'a story in it cannot be read',
}

type BackupFault = keyof typeof backupFault

/** What Skein says, by key. Short, concrete, kind; each refusal says what to do next. */
export const en = {
  ...worldEdits,
  ...memoryTexts,
  ...evolutionTexts,
  ...timelineTexts,
  ...turnTexts,
  ...playTexts,
  ...branchTexts,
  ...storyTexts,
  ...kickoffTexts,
  ...stateTexts,
  ...moneyTexts,
  ...modelTexts,
  ...settingTexts,
  ...safetyTexts,
  ...inspectTexts,

  bundle: { fault: bundleFaults },

  command: {
    story: 'Tell stories in threads',
    start: 'Start a story in a new thread',
    list: 'Show the stories of this server',
    character: 'The characters of this story',
    characterCreate: 'Bring a new character into this story',
    characterEdit: 'Change who a character is',
    characterShow: 'Show who the characters are',
    characterName: 'The character’s name',
    persona: 'Who you play in this story',
    personaSet: 'Say who you play in this story',
    personaShow: 'Show who you play in this story',
    personaClear: 'Play under your own name again',
    rewind: 'Go back to the end of a turn',
    rewindTurn: 'Which turn; without one, the turn before the newest',
    rewindToHere: 'Rewind to here',
    undo: 'Take back a rewind, or go to where the story stood before',
    regenerate: 'Write another answer beside the newest one',
    regenerateDirection: 'Where it should go, in a line',
    regenerateLine: 'What you said instead; your message stays as it is',
    regenerateLength: 'Its greatest length, in tokens',
    regenerateTemperature: 'How freely the model chooses its words, from 0 to 2',
    regenerateModel: 'Another model, as connection/model (for those who lead the story)',
    continue: 'Let the story go on without a line of yours',
    backup: 'Keep copies of all stories (for admins)',
    backupNow: 'Make a backup now',
    backupList: 'Show the backups, and which are good',
    backupVerify: 'Check that a backup could be restored',
    backupName: 'Its name, as /backup list shows it; without one, the newest',
  },

  start: {
    heading: 'Start a story',
    title: 'Title',
    titleHint: 'The Lighthouse at Grey Point',
    premise: 'What is it about?',
    premiseHint: 'A storm has cut off the island. The light went out last night, and nobody will say why.',
    characterName: 'A character you meet',
    characterNameHint: 'Mira',
    characterPersona: 'Who they are',
    characterPersonaHint: 'The keeper’s daughter. Dry, watchful, kind when nobody looks.',
    you: 'Who you play',
    youHint: 'Ada, a smuggler who owes the sea a favour',
    untitled: 'An untitled story',
    nameless: 'The stranger',
    noRoom: 'This server has too many open threads. Archive one, then try again.',
    begun: (thread: string) => `Your story begins in ${thread}.`,
    howTo: ({ open, close }: OocMarks) =>
      `Write here to play: \`*what you do*\`, \`"what you say"\`, \`${open}out of character${close}\`.`,
    missingPermissions: (names: readonly string[]) =>
      `I cannot tell a story here yet. In this channel I still need: ${names.join(', ')}. Ask an admin to allow them, then try again.`,
    wrongChannel: 'Stories begin in a text channel. Go to one and run `/story start` there.',
  },

  /** Said where a command needs a story and there is none. */
  noStoryHere:
    'This works in a story’s thread. `/story list` shows where they are; `/story start` begins one.',

  character: {
    createHeading: 'A new character',
    editHeading: (name: string) => `Edit ${name}`,
    moreHeading: (name: string) => `More about ${name}`,
    field: {
      name: 'Name',
      persona: 'Who they are',
      voice: 'How they speak',
      traits: 'What marks them',
      backstory: 'What lies behind them',
      relationship: 'What they and the players are to each other',
      kickoff: 'Their first scene',
    },
    hint: {
      name: 'Eli',
      persona: 'The ferryman. Nobody has seen him ashore.',
      voice: '"Aye." "The river asks, and I row."',
      traits: 'Slow to speak, quick to laugh; counts everything twice.',
      backstory: 'He rowed the keeper across on the night the light went out.',
      relationship: 'Owes Ada a crossing; does not trust her yet.',
      kickoff: 'A boat knocks against the jetty. Someone in it is whistling.',
    },
    more: 'Add more',
    created: (name: string) =>
      `**${name}** is in the story, and answers when called by name. What they are to the players, and their first scene, can be added too.`,
    edited: (name: string) => `**${name}** is changed, from the next answer on.`,
    none: 'This story has no characters yet. Whoever started it can bring one in with `/character create`.',
    heading: (count: number) => (count === 1 ? '**1 character**' : `**${count} characters**`),
    entry: (name: string, who: string) => (who ? `**${name}**: ${who}` : `**${name}**`),
    further: (count: number) => `… and ${count} more. \`/character show\` with a name shows any of them.`,
    nothingKnown: 'No more than the name is known.',
    allShown:
      'You see everything, because you started this story or moderate this server. Others see only who they are.',
    notYours:
      'Only whoever started this story, or a moderator, can change its characters. Ask one of them; `/persona set` changes who you play.',
    unknown: (wanted: string, names: string) =>
      `Nobody here is called “${wanted}”. The characters of this story: ${names}.`,
    refused: {
      unknown_entity:
        'This character is no longer in the story. Nothing was changed; `/character show` lists who is.',
      nothing_changed: 'Nothing was changed: that is how it stood already.',
      malformed:
        'Nothing was saved: a character needs a name, and no field may be longer than its form allows.',
    } satisfies Record<CharacterRefusal, string>,
  },

  persona: {
    formHeading: 'Who you play',
    field: { name: 'Name', pronouns: 'Pronouns', description: 'Who you are' },
    hint: { name: 'Ada', pronouns: 'she/her', description: 'A smuggler who owes the sea a favour.' },
    heading: (name: string) => `You play ${name}`,
    none: (name: string) =>
      `You have no persona in this story. Write in the thread and you play as **${name}**, or run \`/persona set\` first.`,
    set: (name: string) => `You play **${name}** from your next message on.`,
    cleared: (name: string) =>
      `Your persona has left the story. From your next message on you play as **${name}**.`,
    refused: {
      no_persona: 'You have no persona in this story. `/persona set` makes one.',
      malformed:
        'Nothing was saved: a persona needs a name, and no field may be longer than its form allows.',
    } satisfies Record<PersonaRefusal, string>,
  },

  button: {
    stop: 'Stop',
    retry: 'Try again',
    before: '◀',
    after: (number: number, of: number) => `${number}/${of} ▶`,
    regenerate: 'Regenerate',
    continue: 'Continue',
    branch: 'Branch',
  },

  /** Under a page of a list. */
  pager: { newer: 'Newer', older: 'Older' },

  /** Stands where the answer will be, while it takes its time. */
  stop: {
    notRunning: 'That answer has already ended.',
    notYours: 'Only the player whose turn it is, whoever started the story, or a moderator can stop it.',
  },

  backup: {
    adminsOnly: 'Backups are for people with the Manage Server permission. Ask one of them.',
    made: (name: string, bytes: number) => `The backup \`${name}\` is made and checked: ${mebibytes(bytes)}.`,
    none: 'There are no backups yet. Run `/backup now` to make one.',
    entry: (name: string, when: string, bytes: number, fault: BackupFault | undefined) =>
      `${fault ? '❌' : '✅'} \`${name}\` · ${when} · ${mebibytes(bytes)}${fault ? ` · ${backupFault[fault]}` : ''}`,
    unknown: (name: string) => `There is no backup “${name}”. \`/backup list\` shows their names.`,
    good: (name: string) => `\`${name}\` is good: it can be restored.`,
    bad: (name: string, fault: BackupFault) =>
      `\`${name}\` cannot be restored: ${backupFault[fault]}. Run \`/backup now\` to make a new one.`,
    fault: backupFault,
  },

  /** What `npm run restore` says. */
  restore: {
    usage: 'name a backup: npm run restore -- FILE',
    inUse: 'Skein runs on this data. Stop it first.',
    failed: (why: string) => `Nothing was restored: ${why}`,
    done: (file: string, kept: string | undefined) =>
      [
        `Restored ${file}.`,
        'What was said in threads since that backup stays there, and is no part of the stories.',
        ...(kept === undefined ? [] : [`What was there before is kept as ${kept}.`]),
      ].join('\n'),
  },

  world: {
    address: (page: string) => `\nSkein is ready. Open ${page} and type /story start.\n`,
    improvised:
      'No language model is connected: what answers here is an improviser, made of a grammar and your own words. To connect a model, start Ollama or LM Studio on this machine, or set OPENAI_API_KEY, and start Skein again.',
    written: (model: string, source: string) =>
      source === 'settings'
        ? `Written by ${model}.`
        : `Written by ${model}, found on this machine (${source}).`,
  },

  startUp: {
    badToken: 'Discord does not accept DISCORD_TOKEN. Copy it again from the developer portal, under Bot.',
    lost: 'Discord has closed the connection for good. Check DISCORD_TOKEN and the Message Content Intent in the developer portal, then start again.',
    missingIntent:
      'the Message Content Intent is off. Switch it on in the developer portal, under Bot, and start again.',
    portInUse: 'the port of the page is taken. Set SKEIN_PORT to another one, or to 0 for any free one.',
  },

  error: (incident: string) =>
    `Something went wrong on Skein’s side. Try again; if it happens once more, give an admin this number: \`${incident}\`.`,
  unknownControl: 'This button belongs to an older version of Skein. It does nothing any more.',
}

export type Texts = typeof en
