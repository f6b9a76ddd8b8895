import { roundedDollars } from '../../ledger/amount.ts'
import type { RoleName } from '../../story/settings.ts'
import type { CallOutcome, CallRow } from '../../turn/ports/ledger.ts'
import type { AskFailureKind } from '../../turn/ports/models.ts'
import type { KeptPrompt } from '../../turn/ports/records.ts'
import type { TemplateName } from '../../turn/ports/templates.ts'
import { seconds } from './times.ts'

type Placed = KeptPrompt['parts'][number]

const number = (count: number): string => count.toLocaleString('en')

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${number(count)} ${many}`

const tokens = (count: number): string => counted(count, 'token', 'tokens')

const outcomes = {
  finished: 'finished',
  stopped: 'stopped',
  cut: 'broke off',
  failed: 'failed',
  abandoned: 'Skein was restarted meanwhile',
} satisfies Record<CallOutcome, string>

const failureKinds = {
  not_json: 'what came was no JSON',
  misfit: 'what came did not fit what was asked for',
  stopped: 'it was stopped, or took too long',
  unauthorized: 'the key was not taken',
  rate_limited: 'there were too many requests',
  unavailable: 'the model could not be reached',
  stalled: 'the model stopped answering',
  cut: 'the line to the model broke',
  empty: 'nothing came',
  refused: 'the model declined',
  rejected: 'the request was not accepted',
  too_long: 'the prompt was too long',
  over_budget: 'it would have cost more than may be spent',
  unpriced: 'nobody has said what it costs, and there is a limit',
} satisfies Record<AskFailureKind, string>

const usageOf = ({ usage }: CallRow): string => {
  if (!usage) return 'tokens unknown'
  const cached = usage.cached > 0 ? ` (${number(usage.cached)} cached)` : ''
  const reasoning = usage.reasoning > 0 ? ` (${number(usage.reasoning)} of them reasoning)` : ''
  return `${tokens(usage.input)} in${cached}, ${number(usage.output)} out${reasoning}`
}

const priceOf = ({ price, usage }: CallRow): string =>
  price === null ? 'price unknown' : `${usage ? '' : 'at most '}${roundedDollars(price)}`

/** What Skein says about the prompts that models are given, and about what became of them in a turn. */
export const inspectTexts = {
  prompt: {
    about: 'The prompts that models are given on this server (for admins)',
    show: 'Show a prompt as it is in force',
    edit: 'Write a prompt anew',
    reset: 'Go back to the prompt that Skein brings along',
    history: 'Show the versions of a prompt, with who wrote them and when',
    option: {
      name: 'Which prompt',
      version: 'Which version; without it, the one in force',
    },
    name: {
      narrator: 'narrator: how the story itself is written',
      character: 'character: how someone in the story speaks',
      planner: 'planner: how a turn is planned',
      archivist: 'archivist: how it is noted what a turn has changed',
      summariser: 'summariser: how the past is told in short',
      chronicler: 'chronicler: how a closed scene is remembered',
      biographer: 'biographer: how it is told that characters changed',
      stager: 'stager: how a first scene is read from prose',
      segmenter: 'segmenter: how prose without marks is read',
    } satisfies Record<TemplateName, string>,

    builtIn: (name: string, version: string) => `**${name}** · as Skein brings it along, version ${version}`,
    own: (name: string, version: number) => `**${name}** · this server’s own, version ${version}`,
    past: (name: string, version: number) => `**${name}** · version ${version}`,
    inFile: 'It is longer than a message: here it is as a file.',
    file: (name: string) => `${name}.md`,
    formTitle: (name: string) => `Prompt: ${name}`,
    formLabel: 'What the model is told',
    formHint: '{{original}} stands for the text that Skein brings along, also when that changes later.',
    placeholder: 'You are the narrator of a story …',
    blank:
      'Nothing was changed: a prompt needs words. `/prompt reset` goes back to the one that Skein brings along.',
    unchanged: 'Nothing was changed: that is the prompt in force already.',
    saved: (name: string, version: number) =>
      `**${name}** has version ${version} now, in force from the next turn on. \`/prompt history\` lists all, \`/prompt reset\` goes back to the one that Skein brings along.`,
    unknownMacros: (macros: string) =>
      `These stand for nothing that Skein knows, and so reach the model as they are written: ${macros}.`,
    wasReset: (name: string) =>
      `**${name}** is the prompt again that Skein brings along, from the next turn on. \`/prompt history\` keeps the others.`,
    noOwn: 'Nothing was changed: this server has no prompt of its own there.',
    noHistory: (name: string) => `**${name}** was never changed on this server. \`/prompt edit\` does it.`,
    historyOf: (name: string) => `**${name}**, the newest first`,
    version: (version: number, at: number, who: string, length: number | null) =>
      `- **${version}** · <t:${Math.floor(at / 1000)}:f> · ${who} · ${length === null ? 'back to the one that Skein brings along' : counted(length, 'character', 'characters')}`,
    noVersion: (version: number) =>
      `There is no version ${version} with words of its own. \`/prompt history\` lists those that there are.`,
  },

  inspect: {
    about: 'Show what was asked of models for a turn, and what came of it',
    turn: 'Which turn; without one, the newest',
    onMessage: 'Inspect',

    heading: (turn: number, who: string, answer: number) =>
      `**Turn ${turn}** · ${who} answers${answer > 1 ? ` · answer ${answer}` : ''}`,
    takenBackHeading: '**A turn that was taken back**',
    narrator: 'the narrator',
    seesAll: 'You see all of it, because you lead this story or moderate here.',
    seesAs: (name: string) => `You see what ${name} may know; of the rest, that it is there.`,
    seesOpen: 'You play nobody here, so you see what everyone may know; of the rest, that it is there.',

    phases: (times: string) => `**Time**: ${times}`,
    reason: (reason: string) => `**Why they answer**: ${reason}`,
    plan: '**Plan**',
    calls: '**Calls**, with those for other answers to this turn',
    call: (call: CallRow, link: string): string =>
      [
        `- **${call.role}** · ${link}`,
        usageOf(call),
        [
          ...(call.firstTokenMs === null ? [] : [`first words after ${seconds(call.firstTokenMs)}`]),
          ...(call.totalMs === null ? [] : [`all after ${seconds(call.totalMs)}`]),
        ].join(', '),
        priceOf(call),
        outcomes[call.outcome],
      ]
        .filter(Boolean)
        .join(' · '),
    noCalls: 'No model was called for this turn.',
    failures: '**Answers that could not be used**',
    failure: (role: string, link: string, attempt: number, kind: AskFailureKind) =>
      `- **${role}** · ${link} · attempt ${attempt}: ${failureKinds[kind]}`,
    asSent: 'What the writer was told, as it was sent',
    prompt: (role: RoleName, version: string, count: number, trimmed: number) =>
      `**What the ${role} was told** · prompt ${version} · ${tokens(count)}${trimmed > 0 ? ` · ${counted(trimmed, 'part', 'parts')} left out` : ''}`,
    part: ({ section, tier, tokens: count, isKept }: Omit<Placed, 'text' | 'turn' | 'why'>): string =>
      [`**${section}**`, tier, tokens(count), ...(isKept ? [] : ['left out'])].join(' · '),
    fromTurn: (turn: number) => `turn ${turn}`,
    hiddenFor: (names: string, isOne: boolean) => `hidden: only ${names} ${isOne ? 'knows' : 'know'} this`,
    hiddenForAll: 'hidden: this is for those who lead the story',
    none: 'What models were told is kept for the newest answers of a story only, and nothing is left of this one.',
    notYet: 'No model was told anything for this turn yet.',
    asFile: 'All of it as a file',
    file: (turn: number | undefined) => (turn === undefined ? 'turn.txt' : `turn-${turn}.txt`),
    here: 'Here it is, as far as you may know it.',
    takenBack:
      'This turn was taken back, so only whoever started the story, or a moderator, can look into it. Ask one of them.',
  },
}
