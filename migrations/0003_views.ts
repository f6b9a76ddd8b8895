import { type Kysely, sql } from 'kysely'

/** The words of a text that a piece of state points to; null where there are none, or they were erased. */
const words = (at: string, field: string) =>
  `(select body from texts where texts.story = b.story and texts.id = ${at} ->> '${field}')`

/** The name of an entity; null for the narrator. */
const nameOf = (entity: string) =>
  `(select name from cast_now c where c.story = b.story and c.branch = b.id and c.entity = ${entity})`

const placeName = (place: string) =>
  `(select value ->> 'name' from json_each(b.state, '$.places') where value ->> 'place' = ${place})`

/** The branches that are told, under whatever else a view reads. */
const from = (rest = '') => `from branches b join stories s on s.id = b.story${rest}
  where b.deleted_at is null and s.deleted_at is null`

const each = (path: string) => from(`, json_each(b.state, '${path}') e`)

/**
 * What is true now, for people who open the database with a tool of their own, each row with its `story` and `branch`:
 *
 * - `stories_now`: what is told where, how far it is, and its time and weather
 * - `cast_now`: characters and players' personas, with their words
 * - `places_now`: places, and what each is in
 * - `scenes_now`: the scene that is open, and who takes part in it
 * - `activities_now`: what everyone does
 * - `edges_now`: how one stands to another
 * - `pins_now`: what always stands before their owner's eyes
 *
 * They read the state that stands with each head as JSON, in SQLite's own dialect. A branch has it from its first turn
 * on. No part of the program reads them.
 */
const VIEWS: Readonly<Record<string, string>> = {
  stories_now: `
    select b.story, b.id as branch, s.guild,
      (select body from texts where texts.story = b.story and texts.id = b.name) as branch_name,
      ${words("(b.state -> '$.premise')", 'title')} as title,
      b.turn, b.state ->> '$.turn.phase' as phase,
      b.state ->> '$.clock.minutes' / 1440 + 1 as day,
      format('%02d:%02d', b.state ->> '$.clock.minutes' % 1440 / 60, b.state ->> '$.clock.minutes' % 60) as time,
      ${words("(b.state -> '$.clock')", 'anchor')} as first_day,
      b.state ->> '$.clock.weather' as weather
    ${from()} and b.state ->> '$.turn.phase' is not null`,
  cast_now: `
    select b.story, b.id as branch, e.value ->> 'character' as entity, 'character' as kind, null as player,
      ${words('e.value', 'name')} as name, null as pronouns, ${words('e.value', 'persona')} as persona,
      ${words('e.value', 'voice')} as voice, ${words('e.value', 'traits')} as traits,
      ${words('e.value', 'backstory')} as backstory, ${words('e.value', 'relationship')} as relationship,
      ${words('e.value', 'kickoff')} as kickoff
    ${each('$.cast.characters')}
    union all
    select b.story, b.id, e.value ->> 'persona', 'persona', e.value ->> 'player',
      ${words('e.value', 'name')}, ${words('e.value', 'pronouns')}, ${words('e.value', 'description')},
      null, null, null, null, null
    ${each('$.cast.personas')}`,
  places_now: `
    select b.story, b.id as branch, e.value ->> 'place' as place, e.value ->> 'name' as name,
      e.value ->> 'type' as type, ${placeName("(e.value ->> 'parent')")} as within,
      e.value ->> 'moving' as moving, e.value ->> 'public' as public, e.value ->> 'audible' as audible
    ${each('$.places')}`,
  scenes_now: `
    select b.story, b.id as branch, b.state ->> '$.scene.number' as scene,
      ${placeName("(b.state ->> '$.scene.open.place')")} as place,
      (select group_concat(${nameOf("(p.value ->> 'entity')")}, ', ')
        from json_each(b.state, '$.scene.open.participants') p) as participants
    ${from()} and b.state ->> '$.scene.open' is not null`,
  activities_now: `
    select b.story, b.id as branch, e.value ->> 'entity' as entity, ${nameOf("(e.value ->> 'entity')")} as name,
      e.value ->> 'slot' as slot, e.value ->> 'posture' as posture, e.value ->> '$.action.label' as action,
      e.value ->> '$.action.interruptibility' as interruptibility, e.value ->> '$.action.minutes' as minutes,
      e.value ->> '$.action.since' as since,
      coalesce(e.value ->> '$.attention.thing', ${nameOf("(e.value ->> '$.attention.entity')")}) as attention,
      (select group_concat(h.value, ', ') from json_each(e.value, '$.holding') h) as holding,
      e.value ->> 'status' as status
    ${each('$.activities')}`,
  edges_now: `
    select b.story, b.id as branch, e.value ->> 'from' as from_entity, ${nameOf("(e.value ->> 'from')")} as from_name,
      e.value ->> 'to' as to_entity, ${nameOf("(e.value ->> 'to')")} as to_name,
      e.value ->> 'affinity' as affinity, e.value ->> 'trust' as trust,
      ${words('e.value', 'summary')} as summary, e.value ->> 'lastTurn' as last_turn
    ${each('$.edges')}`,
  pins_now: `
    select b.story, b.id as branch, e.value ->> 'owner' as owner, ${nameOf("(e.value ->> 'owner')")} as name,
      e.value ->> 'memory' as memory, e.value ->> 'how' as how,
      (select body from memories m join texts t on t.story = m.story and t.id = m.text
        where m.story = b.story and m.id = e.value ->> 'memory') as body
    ${each('$.pins')}`,
}

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const [name, query] of Object.entries(VIEWS))
    await sql`create view ${sql.ref(name)} as ${sql.raw(query)}`.execute(db)
}
