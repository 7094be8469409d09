import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { addDays, type Day, dayOf, instantAt, mondayOf } from '../../policy/time.ts'
import { loadCalendar } from '../../storage/calendar-days.ts'
import type { StreetDb } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import type { DemoView, Said } from '../../web/shared/simulator-api.ts'
import type { Timeline } from '../timeline.ts'
import { findActor, listCrowd } from './cast.ts'
import { type Line, type Scene, STARTS_AT } from './day.ts'
import { drawPhoto } from './photos.ts'

export interface DemoParts {
  street(): Promise<StreetDb>
  timeline: Timeline
  scenes: readonly Scene[]
  post(post: { group: string; user: string; text: string; images?: string[] }): Promise<Said>
  /** From line to line, so that eyes can follow; a line that took long is caught up with. */
  paceMs: number
  machineNow(): number
  log: Logger
}

export interface Demo {
  view(): DemoView
  /** Begins in the background; false where one is playing already. */
  start(): boolean
  /** Resolves when the line under way is done. */
  stop(): Promise<void>
}

interface Moment {
  db: StreetDb
  scene: Scene
  line: Line
  day: Day
  /** What came of the lines that have a name. */
  said: Map<string, Said>
  signal: AbortSignal
}

/** Plays the scripted day: moves the clock from line to line and lets the people of the street speak, through the same door as anybody. */
export function createDemo({ street, timeline, scenes, post, paceMs, machineNow, log }: DemoParts): Demo {
  const steps = scenes.reduce((sum, { lines }) => sum + lines.length, 0)
  let view: DemoView = { state: 'idle', step: 0, steps, scene: '' }
  let playing: Promise<void> | undefined
  let stopped = new AbortController()

  async function play(signal: AbortSignal): Promise<void> {
    const mode = timeline.mode()
    const began = machineNow()
    try {
      // Held, so that the day goes as it is written however long it plays.
      await timeline.move({ mode: 'hold' })
      const db = await street()
      const day = await chooseDay(db)
      const said = new Map<string, Said>()
      for (const scene of scenes) {
        for (const line of scene.lines) {
          if (signal.aborted) return end('stopped')
          view = { ...view, step: view.step + 1, scene: scene.title, chat: line.in ?? view.chat }
          for (const when of await daysOf(db, line, day)) await playLine({ db, scene, line, day: when, said, signal })
          const early = began + view.step * paceMs - machineNow()
          if (early > 0) await sleep(early, undefined, { signal }).catch(() => {})
        }
      }
      end('done')
    } catch (error) {
      log.error({ err: error, step: view.step }, 'the demo day broke off')
      end('failed', `第 ${view.step} 步没演成，演示停在这里。`)
    } finally {
      await timeline.move({ mode })
    }
  }

  async function playLine({ db, scene, line, day, said, signal }: Moment): Promise<void> {
    await timeline.move({ now: Math.max(timeline.now(), instantAt(day, line.at)) })
    const { who, everybody, say, photo } = line
    if (say === undefined) return
    const roster = await loadRoster(db)
    if (everybody) {
      // Who has words of their own in the scene is not one of the crowd.
      const soloists = new Set(scene.lines.map(one => one.who && findActor(roster, one.who, day)))
      const crowd = listCrowd(roster, everybody.roles, day).filter(({ user }) => !soloists.has(user))
      const present = crowd.filter((_, index) => (index + 1) % (everybody.skip ?? 0) !== 0)
      for (const one of present) if (!signal.aborted) await post({ ...one, text: say })
    }
    if (who === undefined) return
    const user = findActor(roster, who, day)
    if (user === undefined) throw new Error(`nobody of the roster can play ${who}`)
    const group = line.in ?? `@${user}`
    view = { ...view, chat: group }
    const answer = await post({ group, user, text: fillIn(say, said), images: photo && [await drawPhoto(photo)] })
    if (line.as) said.set(line.as, answer)
  }

  /** Today where the day's start is still to come, else the next working day. */
  async function chooseDay(db: StreetDb): Promise<Day> {
    const calendar = await loadCalendar(db)
    const today = dayOf(timeline.now())
    const isAhead = calendar.isWorkday(today) && timeline.now() <= instantAt(today, STARTS_AT)
    return isAhead ? today : calendar.nextWorkday(today)
  }

  function end(state: 'done' | 'stopped' | 'failed', error?: string): void {
    view = { ...view, state, error }
  }

  return {
    view: () => view,
    start() {
      if (playing) return false
      stopped = new AbortController()
      view = { state: 'playing', step: 0, steps, scene: '' }
      playing = play(stopped.signal).finally(() => {
        playing = undefined
      })
      return true
    },
    async stop() {
      stopped.abort()
      await playing
    },
  }
}

async function daysOf(db: StreetDb, { on }: Line, day: Day): Promise<Day[]> {
  if (on === undefined) return [day]
  const calendar = await loadCalendar(db)
  const nextMonday = addDays(mondayOf(day), 7)
  if (on === 'restOfWeek') return calendar.workdaysBetween(addDays(day, 1), addDays(nextMonday, -1))
  return [calendar.firstWorkdayOfWeek(nextMonday) ?? nextMonday]
}

/** @throws where the line that is named told no number */
function fillIn(text: string, said: ReadonlyMap<string, Said>): string {
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const answers = said.get(name)?.replies.map(reply => reply.text) ?? []
    const [, sharp, plain] = /#(\d+)|(\d+)号/.exec(answers.join('\n')) ?? []
    const number = sharp ?? plain
    if (number === undefined) throw new Error(`the line ${name} told no number`)
    return number
  })
}
