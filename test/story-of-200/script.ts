/** Those of the story: three characters, and the two whom players play. */
export const names = ['Mira', 'Jonas', 'Wren', 'Ada', 'Ben'] as const
export type Name = (typeof names)[number]
export type Character = 'Mira' | 'Jonas' | 'Wren'

export const premise = 'A harbour town at the end of autumn, where everybody waits for the last ferry.'

/** What is said in the inn is heard in its pantry, and the other way round. Nothing leaves its cellar. */
export const places = [
  { name: 'Lighthouse', type: 'tower', audible: 'within' },
  { name: 'Blue Lantern', type: 'inn', audible: 'near' },
  { name: 'Pantry', type: 'room', audible: 'near', parent: 'Blue Lantern' },
  { name: 'Cellar', type: 'room', audible: 'within', parent: 'Blue Lantern' },
  { name: 'Pier', type: 'pier', audible: 'near' },
] as const
export type Place = (typeof places)[number]['name']

/** A memory as an archivist proposes it. `lines`: what was said is 1 and the answer 2; what nobody asked for is 1. */
export type Noted = {
  readonly who: Name
  readonly text: string
  readonly lines: readonly number[]
  readonly significance: 0 | 1 | 2 | 3
  readonly told_by?: Name
  readonly source?: 'overheard'
}

/** A turn: who says what, to whom alone if it is whispered, who answers with what, and what came of it. */
export type Turn = {
  /** Nobody: whoever leads the story has it go on. */
  readonly by: 'Ada' | 'Ben' | 'nobody'
  readonly says?: string
  readonly whispersTo?: Character
  readonly answers: Character | 'Narrator'
  readonly answer: string
  readonly memories?: readonly Noted[]
  readonly facts?: readonly { readonly who: Name; readonly line: number; readonly text: string }[]
  readonly feels?: {
    readonly from: Character
    readonly to: Name
    readonly line: number
    readonly reason: string
  }
  readonly does?: { readonly who: Name; readonly line: number; readonly label: string }
  readonly moves?: readonly {
    readonly who: Name
    readonly line: number
    readonly to: Place | 'away' | 'here'
  }[]
  readonly days?: { readonly line: number; readonly many: number }
}

/** What whoever leads the story does by hand before a turn. */
export type ByHand =
  | { readonly do: 'close' }
  | { readonly do: 'open'; readonly at: Place; readonly who: readonly Name[] }
  | { readonly do: 'leave'; readonly who: Name }
  | { readonly do: 'pin'; readonly who: Name; readonly memory: string }
  | { readonly do: 'reset'; readonly who: Character }

const ALL = names

/** Scenes that begin and end by hand, a pin that is set by hand, and the one who begins anew. */
export const byHand: Readonly<Record<number, readonly ByHand[]>> = {
  3: [{ do: 'open', at: 'Lighthouse', who: ['Mira', 'Ada'] }],
  6: [{ do: 'pin', who: 'Mira', memory: 'Mira told Ada that her mother lit the lamp for forty years.' }],
  20: [{ do: 'close' }, { do: 'open', at: 'Blue Lantern', who: ALL }],
  50: [{ do: 'close' }, { do: 'open', at: 'Pier', who: ['Mira', 'Jonas'] }],
  57: [{ do: 'leave', who: 'Mira' }],
  60: [{ do: 'close' }, { do: 'open', at: 'Blue Lantern', who: ['Jonas', 'Wren'] }],
  67: [{ do: 'close' }, { do: 'open', at: 'Pier', who: ALL }],
  130: [{ do: 'close' }, { do: 'open', at: 'Lighthouse', who: ['Mira', 'Ada', 'Ben'] }],
  150: [{ do: 'close' }, { do: 'open', at: 'Blue Lantern', who: ALL }],
  171: [{ do: 'close' }, { do: 'reset', who: 'Jonas' }, { do: 'open', at: 'Blue Lantern', who: ALL }],
  174: [{ do: 'close' }, { do: 'open', at: 'Pier', who: ['Jonas', 'Wren'] }],
  178: [{ do: 'close' }, { do: 'open', at: 'Blue Lantern', who: ALL }],
}

/** The turns that matter. All others are small talk. */
export const script: Readonly<Record<number, Turn>> = {
  // In the lighthouse, while Jonas, Wren and Ben are elsewhere.
  3: {
    by: 'Ada',
    says: '"Who lit the lamp before you, Mira?"',
    answers: 'Mira',
    answer: '"My mother did. She lit it for forty years."',
    memories: [
      {
        ...{ who: 'Mira', lines: [1, 2], significance: 1 },
        text: 'Mira told Ada that her mother lit the lamp for forty years.',
      },
    ],
  },
  5: {
    by: 'Ada',
    says: '"This copper whistle was my grandmother’s, Mira. Blow it at low tide, and the seals come to your hand."',
    answers: 'Mira',
    answer: '"Then I will not blow it without you, Ada."',
    memories: [
      {
        ...{ who: 'Mira', lines: [1], significance: 2, told_by: 'Ada' },
        text: 'Ada told Mira that the seals come to whoever blows her grandmother’s copper whistle at low tide.',
      },
    ],
  },
  7: {
    by: 'Ada',
    says: '*hides a silver chart under the third step of the lighthouse*',
    answers: 'Mira',
    answer: '"Nobody will look there, Ada."',
    memories: [
      {
        ...{ who: 'Mira', lines: [1], significance: 2 },
        text: 'Mira saw Ada hide a silver chart under the third step of the lighthouse.',
      },
    ],
    facts: [{ who: 'Mira', line: 1, text: 'Ada owns a silver chart.' }],
    does: { who: 'Ada', line: 1, label: 'hides a silver chart under the step' },
  },

  // In the inn, where all are. Some leave, Wren goes to the pantry, and Mira and Ben to the cellar.
  24: {
    by: 'Ada',
    says: '"The password is kingfisher. Tell nobody."',
    whispersTo: 'Wren',
    answers: 'Wren',
    answer: '*nods, and pours another round for everybody*',
    memories: [
      {
        ...{ who: 'Wren', lines: [2], significance: 2, told_by: 'Ada' },
        text: 'Ada whispered to Wren that the password is kingfisher.',
      },
      {
        ...{ who: 'Jonas', lines: [1, 3], significance: 1 },
        text: 'Jonas saw Ada whisper to Wren, who nodded and poured another round.',
      },
    ],
  },
  28: {
    by: 'Ben',
    says: '"Wren, is there any bread left?"',
    answers: 'Wren',
    answer: '*goes to the pantry to look for bread*',
    moves: [{ who: 'Wren', line: 2, to: 'Pantry' }],
  },
  29: {
    by: 'Ada',
    says: '*leaves the inn with Jonas*',
    answers: 'Narrator',
    answer: 'The door falls shut behind them.',
    moves: [
      { who: 'Ada', line: 1, to: 'away' },
      { who: 'Jonas', line: 1, to: 'away' },
    ],
  },
  30: {
    by: 'Ben',
    says: '"What is wrong with the lamp, Mira?"',
    answers: 'Mira',
    answer: '"The oil is cut with turpentine, Ben. That is for your ears alone."',
    memories: [
      {
        ...{ who: 'Ben', lines: [1, 2], significance: 2, told_by: 'Mira' },
        text: 'Mira told Ben that the lamp oil is cut with turpentine.',
      },
      {
        ...{ who: 'Wren', lines: [2], significance: 2, source: 'overheard' },
        text: 'Wren overheard from the pantry that the lamp oil is cut with turpentine.',
      },
    ],
  },
  34: {
    by: 'Ben',
    says: '*goes down to the cellar with Mira*',
    answers: 'Mira',
    answer: '*follows Ben down to the cellar*',
    moves: [
      { who: 'Ben', line: 1, to: 'Cellar' },
      { who: 'Mira', line: 2, to: 'Cellar' },
    ],
  },
  35: {
    by: 'Ben',
    says: '"They will search the house with the gargoyle on Friday, Mira."',
    answers: 'Mira',
    answer: '"Then I have heard nothing of it."',
    memories: [
      {
        ...{ who: 'Mira', lines: [1], significance: 2, told_by: 'Ben' },
        text: 'Ben told Mira that the house with the gargoyle will be searched on Friday.',
      },
    ],
    does: { who: 'Ben', line: 1, label: 'points at a drawing of the gargoyle' },
  },
  38: {
    by: 'Ben',
    says: '*comes back up to the Blue Lantern with Mira*',
    answers: 'Mira',
    answer: '*comes up to the Blue Lantern behind Ben*',
    moves: [
      { who: 'Ben', line: 1, to: 'Blue Lantern' },
      { who: 'Mira', line: 2, to: 'Blue Lantern' },
    ],
  },
  40: {
    by: 'Ben',
    says: '"Come out of there, Wren!"',
    answers: 'Wren',
    answer: '*comes out of the pantry to the Blue Lantern with an empty basket*',
    moves: [{ who: 'Wren', line: 2, to: 'Blue Lantern' }],
  },
  45: {
    by: 'Ben',
    says: '*walks down to the pier with Mira and Wren*',
    answers: 'Narrator',
    answer: 'The three of them reach the pier in the dusk.',
    moves: [
      { who: 'Ben', line: 1, to: 'Pier' },
      { who: 'Mira', line: 1, to: 'Pier' },
      { who: 'Wren', line: 1, to: 'Pier' },
    ],
  },

  // On the pier, Mira tells Jonas what Ada hid. Then Jonas is alone there, and sees something himself.
  52: {
    by: 'nobody',
    answers: 'Mira',
    answer: '"Jonas, Ada hid a silver chart under the third step of the lighthouse."',
    memories: [
      {
        ...{ who: 'Jonas', lines: [1], significance: 1, told_by: 'Mira' },
        text: 'Mira told Jonas that Ada hid a silver chart under the third step of the lighthouse.',
      },
    ],
    feels: { from: 'Jonas', to: 'Mira', line: 1, reason: 'trusted him with the chart' },
  },
  58: {
    by: 'nobody',
    answers: 'Narrator',
    answer: 'Far out, the harbour master rows to Vask, alive and laughing.',
    memories: [
      {
        ...{ who: 'Jonas', lines: [1], significance: 2 },
        text: 'Jonas saw the harbour master row to Vask, alive and laughing.',
      },
    ],
  },

  // In the inn, Jonas passes on what Mira told him, and lies about what he saw.
  63: {
    by: 'nobody',
    answers: 'Jonas',
    answer: '"Wren, there is a silver chart under the third step of the lighthouse. Ada hid it."',
    memories: [
      {
        ...{ who: 'Wren', lines: [1], significance: 2, told_by: 'Jonas' },
        text: 'Jonas told Wren that Ada hid a silver chart under the third step of the lighthouse.',
      },
    ],
  },
  65: {
    by: 'nobody',
    answers: 'Jonas',
    answer: '"The harbour master drowned off the Skerries, Wren. I saw his hat go down."',
    memories: [
      {
        ...{ who: 'Wren', lines: [1], significance: 2, told_by: 'Jonas' },
        text: 'Jonas told Wren that the harbour master drowned off the Skerries.',
      },
      {
        ...{ who: 'Jonas', lines: [1], significance: 2 },
        text: 'Jonas lied to Wren that the harbour master drowned off the Skerries.',
      },
    ],
  },

  // On the pier. Wren is on the mainland while the storm comes, and hears of it when she is back.
  70: {
    by: 'Ada',
    says: '"Is the ferry there, Wren?"',
    answers: 'Wren',
    answer: '*boards the ferry to the mainland and is gone*',
    moves: [{ who: 'Wren', line: 2, to: 'away' }],
  },
  75: {
    by: 'Ben',
    says: '*ties down the last rope as the storm comes in*',
    answers: 'Narrator',
    answer: 'The storm breaks the great capstan in two.',
    memories: (['Mira', 'Jonas', 'Ada', 'Ben'] as const).map((who) => ({
      ...{ who, lines: [2], significance: 2 },
      text: `${who} saw the storm break the great capstan in two.`,
    })),
  },
  86: {
    by: 'Ada',
    says: '"Look, there is Wren, back from the mainland!"',
    answers: 'Narrator',
    answer: 'Wren steps off the ferry and comes up to you.',
    moves: [{ who: 'Wren', line: 2, to: 'here' }],
  },
  87: {
    by: 'Ben',
    says: '"Welcome back, Wren. Did you hear what happened here?"',
    answers: 'Wren',
    answer: '"I have heard nothing at all. Tell me, Jonas."',
  },
  88: {
    by: 'Ben',
    says: '"Tell her, Jonas."',
    answers: 'Jonas',
    answer: '"The storm broke the great capstan in two, Wren."',
    memories: [
      {
        ...{ who: 'Wren', lines: [2], significance: 2, told_by: 'Jonas' },
        text: 'Jonas told Wren that the storm broke the great capstan in two.',
      },
    ],
  },
  100: {
    by: 'Ada',
    says: '*waits for better weather*',
    answers: 'Narrator',
    answer: 'Three days later the rain is over.',
    days: { line: 2, many: 3 },
  },

  // In the inn. What was said in the fifth turn is asked for in other words.
  155: {
    by: 'Ada',
    says: '"Mira, what was it again that my gran’s old whistle brings up out of the water?"',
    answers: 'Mira',
    answer: '"I remember it well, Ada. I will not say it here."',
  },
  156: {
    by: 'Ada',
    says: '"And you, Jonas? What does my gran’s old whistle bring up out of the water?"',
    answers: 'Jonas',
    answer: '"How would I know, Ada?"',
  },

  // Jonas has begun anew. On the pier, Wren tells him what he once told her.
  172: {
    by: 'Ben',
    says: '"Jonas, what do you know of the steps of the lighthouse, and of the harbour master?"',
    answers: 'Jonas',
    answer: '"Nothing, Ben. Should I?"',
  },
  175: {
    by: 'nobody',
    answers: 'Wren',
    answer: '"Jonas, Ada hid a silver chart under the third step of the lighthouse."',
    memories: [
      {
        ...{ who: 'Jonas', lines: [1], significance: 2, told_by: 'Wren' },
        text: 'Wren told Jonas that Ada hid a silver chart under the third step of the lighthouse.',
      },
    ],
  },
  187: {
    by: 'Ada',
    says: '"Did you hear that, Wren?"',
    answers: 'Wren',
    answer: '"Only the wind, Ada."',
  },
}

/** Mira never forgets what she swears, so each of her oaths pins itself: what she swears to do in which turn. */
export const oaths: Readonly<Record<number, string>> = {
  12: 'light the lamp on midwinter night',
  33: 'mend the net of the orphans',
  55: 'row out for the lost buoy',
  77: 'ring the bell in every fog',
  95: 'paint the door of the chapel',
  110: 'bury the old dog by the dunes',
  125: 'send the letter to her brother',
  140: 'keep the spare wick dry',
  165: 'plant the apple tree in spring',
}

/** Four turns that are taken back: in them, Wren learns of something. */
export const takenBack: Readonly<Record<number, Turn>> = {
  187: {
    by: 'Ada',
    says: '"The tocsin is cracked, Wren. Nobody must ring it."',
    answers: 'Wren',
    answer: '"I will leave the tocsin alone, Ada."',
    memories: [
      {
        ...{ who: 'Wren', lines: [1], significance: 3, told_by: 'Ada' },
        text: 'Ada told Wren that the tocsin is cracked.',
      },
    ],
  },
}

/** A branch that begins with turn 51, and on which Mira keeps to herself what Ada hid. */
export const elsewhere: Readonly<Record<number, Turn>> = {
  52: {
    by: 'nobody',
    answers: 'Mira',
    answer: '"It is cold out here tonight, Jonas."',
  },
  55: {
    by: 'nobody',
    answers: 'Jonas',
    answer: '"What lies under the steps of your lighthouse, Mira?"',
  },
  56: {
    by: 'nobody',
    answers: 'Mira',
    answer: '"Stone, Jonas. Nothing but stone."',
  },
}

/** How characters change, by the arc of ten turns that brought it. */
export const changes: Readonly<Record<number, { readonly who: Character; readonly change: string }>> = {
  10: { who: 'Mira', change: 'Mira trusts Ada with the keys of her tower.' },
  90: { who: 'Wren', change: 'Wren no longer leaves the town without a farewell.' },
  120: { who: 'Jonas', change: 'Jonas has grown used to company.' },
}

/** After which turn the story goes back, to which, and where the branch begins. */
export const BACK = { from: 190, to: 186 } as const
export const PARTING = 51
export const LAST = 200
