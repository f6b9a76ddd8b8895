import type { Refusal } from '../../story/draft.ts'
import { type Memory, PIN_LIMIT } from '../../story/memory.ts'

/** Why a change of what someone remembers or knows comes to nothing. */
type MemoryRefusal = Extract<
  Refusal['refused'],
  'nothing_changed' | 'malformed' | 'unknown_entity' | 'already_pinned' | 'not_pinned' | 'pins_full'
>

/** What Skein says about what those in a story remember and know. */
export const memoryTexts = {
  memory: {
    about: 'What those in this story remember and know',
    add: 'Let someone remember something',
    edit: 'Put other words in a memory’s place',
    forget: 'Let someone forget a memory',
    pin: 'Keep a memory before its owner’s eyes',
    unpin: 'Let a memory step back again',
    list: 'Show what someone remembers, the newest first',
    search: 'Find what someone remembers by words, the best first',
    option: {
      owner: 'Who remembers it',
      text: 'What they remember, from their own point of view',
      significance: 'How much it matters; what is never to be forgotten is pinned',
      source: 'How they came to it; without it, they were there',
      toldBy: 'Who told them',
      memory: 'Which one: type some of its words',
      page: 'Which page; the first has the newest',
      words: 'What it is about; other forms of the words are found, too',
    },
    source: {
      direct: 'was there',
      told: 'was told',
      overheard: 'overheard it',
      summary: 'sums it up',
    } satisfies Record<Memory['source'], string>,
    /** `before`: from whom they had it, the nearest first. */
    toldBy: (name: string, before: readonly string[] = []) =>
      `told by ${[name, ...before].join(', who had it from ')}`,
    sure: (reliability: number) => `${Math.round(100 * reliability)} % sure`,
    details: (turn: number, when: string, source: string, significance: string) =>
      `Turn ${turn} · ${when} · ${source} · ${significance}`,

    heading: (name: string, pinned: number) => `### What ${name} remembers\n📌 ${pinned} pinned`,
    page: (number: number) => `Page ${number}`,
    none: (name: string) => `**${name}** remembers nothing yet. \`/memory add\` lets them.`,
    noPage: (number: number) => `There is no page ${number} here. \`/memory list\` begins with the newest.`,
    foundHeading: (name: string) => `### What ${name} remembers of it`,
    nothingFound: (name: string) =>
      `**${name}** remembers nothing with these words. \`/memory list\` shows all that they remember.`,
    othersShown: 'You see this because you started this story or moderate this server.',

    added: (name: string) => `**${name}** remembers this from now on.`,
    isPinned: '📌 It is pinned: never to be forgotten.',
    noRoomToPin:
      'It is not pinned: all that is pinned was pinned by hand. `/memory unpin` makes room, then `/memory pin` pins it.',
    field: { memory: 'Memory', before: 'Before', after: 'After', madeRoom: 'No longer pinned, to make room' },
    form: {
      heading: (name: string) => `What ${name} remembers`,
      label: 'Memory',
      hint: 'The lamp went out, and nobody had touched it.',
      matters: 'How much it matters, from 0 to 3',
      sure: 'How sure they are of it, from 0 to 100 %',
    },
    edited: (name: string) => `What **${name}** remembers is changed.`,
    notAWeight:
      'Nothing was saved: how much a memory matters is a whole number from 0 to 3, and how sure someone is of it one from 0 to 100. Choose the memory again.',
    askForget: (name: string) => `**Shall ${name} forget this?**`,
    safe: 'A rewind to a turn in which it was still remembered brings it back.',
    forgetButton: 'Forget it',
    forgotten: (name: string) => `**${name}** has forgotten this.`,
    pinned: (name: string) => `📌 **${name}** keeps this before their eyes.`,
    unpinned: (name: string) => `This is no longer pinned for **${name}**.`,

    several: 'More than one memory has these words. Choose one from the list that comes up as you type.',
    gone: 'No such memory is in force here. It may have been edited, forgotten, rewound or erased since; choose one from the list that comes up as you type.',
    toldByWhom:
      'What someone was told has one who told it: choose the source “was told” and say who with `told-by`, or neither.',
    notYours: (own: string) =>
      `Only whoever started this story, or a moderator, reads and changes what others remember and know. Yours is under **${own}**.`,
    notYoursYet:
      'Only whoever started this story, or a moderator, reads and changes what others remember and know. You have no persona here yet; `/persona set` makes one.',
    refused: {
      nothing_changed: 'Nothing was changed: that is how it stood already.',
      malformed: 'Nothing was saved: write 1 to 4,000 characters.',
      unknown_entity:
        'They are no longer in the story. Nothing was changed; `/scene show` lists who is present.',
      already_pinned: 'It is pinned already. Nothing was changed.',
      not_pinned: 'It is not pinned. Nothing was changed.',
      pins_full: `Nothing was pinned: they have ${PIN_LIMIT} memories pinned by hand, and no room for more. Let one go with \`/memory unpin\`, then pin this one.`,
    } satisfies Record<MemoryRefusal, string>,
  },

  recall: {
    about: 'What comes to someone’s mind',
    option: { who: 'Whose mind', of: 'Of what, as “the lighthouse” or “what Jon hid under the stairs”' },
    heading: (name: string, asked: string) => `### What comes to ${name}’s mind\n-# of “${asked}”`,
    nothing: (name: string, asked: string) =>
      `Nothing of “${asked}” comes to **${name}**’s mind. Other words may bring something up; \`/memory list\` shows all that they remember.`,
  },

  fact: {
    about: 'What someone knows for certain',
    add: 'Let someone know something for certain',
    list: 'Show what someone knows for certain, the newest first',
    option: { owner: 'Who knows it', text: 'What they know, as “The ferry sails at dawn.”' },
    heading: (name: string, count: number) =>
      `### What ${name} knows\n${count === 1 ? '1 fact' : `${count} facts`}`,
    none: (name: string) => `**${name}** knows nothing for certain yet. \`/memory fact add\` lets them.`,
    noPage: (number: number) =>
      `There is no page ${number} here. \`/memory fact list\` begins with the newest.`,
    added: (name: string) => `**${name}** knows this from now on.`,
    field: 'Fact',
  },
}
