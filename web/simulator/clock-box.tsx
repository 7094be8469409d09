import { useState } from 'preact/hooks'
import { dayPart, showDay, showTime } from '../shared/moments.ts'
import type { ClockView, Moved, Stop } from '../shared/simulator-api.ts'
import type { Actions } from './use-simulator.ts'

interface Props {
  clock?: ClockView
  stops: Stop[]
  playing: boolean
  move: Actions['move']
}

/** The simulated clock: what time it is, and jumps that let everything due on the way happen. */
export function ClockBox({ clock, stops, playing, move }: Props) {
  const [moving, setMoving] = useState(false)
  const [outcome, setOutcome] = useState<string>()

  async function jump(to: Parameters<Actions['move']>[0]): Promise<void> {
    setMoving(true)
    setOutcome(undefined)
    try {
      const { ran } = await move(to)
      if (to.now) setOutcome(summarise(ran))
    } catch (error) {
      setOutcome((error as Error).message)
    } finally {
      setMoving(false)
    }
  }

  return (
    <section class="clock" aria-label="模拟时间">
      <p class="now">
        {clock ? (
          <>
            <b>{showTime(clock.now)}</b> {showDay(clock.now)}
          </>
        ) : (
          '——'
        )}
        <button
          type="button"
          class="mode"
          disabled={!clock || playing}
          aria-pressed={clock?.mode === 'hold'}
          onClick={() => void jump({ mode: clock?.mode === 'hold' ? 'run' : 'hold' })}
        >
          {clock?.mode === 'hold' ? '停着 · 让它走' : '在走 · 停住它'}
        </button>
      </p>
      <div class="stops">
        {stops.map(({ key, text, at }) => (
          <button type="button" key={key} disabled={moving || playing} onClick={() => void jump({ now: at })}>
            {text}
            <small>{clock && describeStop(text, at, clock.now)}</small>
          </button>
        ))}
      </div>
      <p class="outcome" role="status">
        {moving ? '时间正往前走…' : (outcome ?? '点一下，时间跳过去，途中到点的事都会发生。')}
      </p>
    </section>
  )
}

/** `今天 15:00`; the time is left out where the button says it already. */
function describeStop(text: string, at: string, now: string): string {
  const day = dayPart(at) === dayPart(now) ? '今天' : showDay(at).split(' ')[0]
  return text === showTime(at) ? `${day}` : `${day} ${showTime(at)}`
}

const JOBS: Record<string, string> = {
  'notice-nudge': '催办',
  'notice-broadcast': '下发提示单',
  'notice-proof': '下发证明',
  'meeting-reminder': '会议提醒',
  'weekly-summary': '周小结',
}

function summarise(ran: Moved['ran']): string {
  const messages = ran.reduce((sum, one) => sum + one.messages, 0)
  if (messages === 0) return '到了。途中没有要发的消息。'
  const names = [...new Set(ran.filter(one => one.messages > 0).map(({ job }) => JOBS[job] ?? job))]
  return `到了。途中发出 ${messages} 条：${names.join('、')}。`
}
