import type { Face, ModalHandler, SelectHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { shownInForm, writtenIn } from '../../src/discord/form.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { setEdge } from '../../src/story/edit/people.ts'
import { changeWeather, joinScene, leaveScene, setActivity, setClock } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { activityChanged, patchFrom, type SaidOfActivity } from '../activity/patch.ts'
import { worldChange, worldHere } from '../change.ts'
import { ANCHOR_LIMIT, clockChanged, clockFields, LAST_DAY, minutesFor } from '../clock/clock.ts'
import { feelingsChanged } from '../relation/relation.ts'
import { moved } from '../scene/scene.ts'
import { changeWorldInPanel } from './change.ts'
import { activityForm, clockForm, clockStands, relationForm, weatherForm } from './forms.ts'
import { type View, viewIn } from './view.ts'

type Chosen = Parameters<SelectHandler>[0]

/** The form that a choice asks for, with what stands now; none where the choice acts at once. */
const formFor = (head: Head, kind: string, ids: readonly string[], args: readonly string[], texts: Texts) => {
  const [one = '', other = ''] = ids
  const id = (name: string) => customId(name, ...ids, ...args)
  switch (kind) {
    case 'clock':
      return clockForm(head, customId('state-clock', head.state.clock.minutes, ...args), texts)
    case 'weather':
      return weatherForm(head, id('state-weather'), texts)
    case 'act':
      return activityForm(head, one, id('state-activity'), texts)
    case 'feel':
      return relationForm(head, { from: one, to: other }, id('state-relation'), texts)
    default:
      return undefined
  }
}

/** Lets someone come in or leave, which asks for nothing more. */
const move = (
  interaction: Chosen,
  { isComing, entity }: { readonly isComing: boolean; readonly entity: EntityId },
  view: View,
  face: Face,
): Promise<void> => {
  const { newId, texts } = face
  const act = isComing ? joinScene : leaveScene
  const told = moved(entity, isComing ? texts.scene.joined : texts.scene.left, texts)
  return changeWorldInPanel(
    interaction,
    view,
    (head) => worldChange(head, act(head.state, interaction.user.id, { entity }, newId), told),
    face,
  )
}

/** What to change of the world was chosen: a form with what stands now or, of coming and going, the act itself. */
export const chooseChange: SelectHandler = async (interaction, args, face) => {
  const head = await worldHere(interaction, face)
  const [kind = '', ...ids] = (interaction.values[0] ?? '').split(':')
  const form = formFor(head, kind, ids, args, face.texts)
  if (form) await interaction.showModal(form)
  else await move(interaction, { isComing: kind === 'join', entity: ids[0] ?? '' }, viewIn(args), face)
}

/** The form for what someone does, filled: what was left blank is none. */
export const saveActivity: ModalHandler = async (interaction, [entity = '', ...args], face) => {
  const { newId, texts } = face
  const field = (id: string) => writtenIn(interaction, id) || null
  const unsaid = { minutes: undefined, interruptibility: undefined, attention: undefined }
  const said: SaidOfActivity = {
    action: { label: field('action'), ...unsaid },
    ...{ posture: field('posture'), status: field('status'), slot: undefined },
    ...{ holding: field('holding'), attention: field('attention') },
  }
  await changeWorldInPanel(
    interaction,
    viewIn(args),
    (head) => {
      const activity = patchFrom(said, head, entity, texts)
      return worldChange(
        head,
        setActivity(head.state, interaction.user.id, { entity, activity }, newId),
        activityChanged(entity, texts.activity.changed, texts),
      )
    },
    face,
  )
}

const numberIn = (
  typed: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined => {
  const number = /^\d{1,8}$/u.test(typed) ? Number(typed) : Number.NaN
  return number >= least && number <= most ? number : undefined
}

const dayIn = (typed: string, texts: Texts): number => {
  const day = numberIn(typed, { least: 1, most: LAST_DAY })
  if (day === undefined) throw new UserFacingError('not_a_day', texts.state.notADay(LAST_DAY))
  return day
}

/** The form for the clock, filled: what was left blank or as it stood stays, also where time went on meanwhile. */
export const saveClock: ModalHandler = async (interaction, [minutes = '', ...args], face) => {
  const { newId, texts } = face
  const [day = '', time = '', anchor = ''] = ['day', 'time', 'anchor'].map((id) => writtenIn(interaction, id))
  const stood = clockStands(Number(minutes))
  await changeWorldInPanel(
    interaction,
    viewIn(args),
    (head) => {
      const said = {
        day: day === '' || day === stood.day ? null : dayIn(day, texts),
        time: time === '' || time === stood.time ? null : time,
      }
      const { anchor: now } = clockFields(head, texts)
      const clock = {
        minutes: minutesFor(said, texts)(head),
        anchor: anchor === shownInForm(now, ANCHOR_LIMIT).trim() ? undefined : anchor || null,
      }
      return worldChange(
        head,
        setClock(head.state, interaction.user.id, clock, newId),
        clockChanged(texts.clock.changed, texts),
      )
    },
    face,
  )
}

/** The form for the weather, filled. */
export const saveWeather: ModalHandler = async (interaction, args, face) => {
  const { newId, texts } = face
  const weather = writtenIn(interaction, 'weather') || null
  await changeWorldInPanel(
    interaction,
    viewIn(args),
    (head) =>
      worldChange(
        head,
        changeWeather(head.state, interaction.user.id, { weather }, newId),
        clockChanged(texts.clock.weatherChanged, texts),
      ),
    face,
  )
}

/** The form for a relation, filled. */
export const saveRelation: ModalHandler = async (interaction, [from = '', to = '', ...args], face) => {
  const { newId, texts } = face
  const [affinity, trust] = ['affinity', 'trust'].map((id) =>
    numberIn(writtenIn(interaction, id), { least: 0, most: 100 }),
  )
  await changeWorldInPanel(
    interaction,
    viewIn(args),
    (head) => {
      if (affinity === undefined || trust === undefined)
        throw new UserFacingError('not_a_feeling', texts.state.notAFeeling)
      return worldChange(
        head,
        setEdge(head.state, interaction.user.id, { from, to, affinity, trust }, newId),
        feelingsChanged({ from, to }, texts),
      )
    },
    face,
  )
}
