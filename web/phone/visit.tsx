import { useRef, useState } from 'preact/hooks'
import type { Fix, Shot } from './bridge/bridge.ts'
import { firstGrid, GridField } from './grid-field.tsx'
import { PhotoField } from './photo-field.tsx'
import { locationOf, PlaceField } from './place-field.tsx'
import { Result } from './result.tsx'
import type { TaskProps } from './task.ts'
import { useSubmit } from './use-submit.ts'

const LENGTHS = [10, 20, 30, 60] as const

/** Whom, how long, and what was heard. */
export function Visit({ data, outbox, bridge }: TaskProps) {
  const [person, setPerson] = useState('')
  const [place, setPlace] = useState('')
  const [minutes, setMinutes] = useState<number>()
  const [findings, setFindings] = useState('')
  const [at, setAt] = useState('')
  const [gridNo, setGridNo] = useState(firstGrid(data.grids))
  const [shots, setShots] = useState<Shot[]>([])
  const [fix, setFix] = useState<Fix>()
  const first = useRef<HTMLInputElement>(null)
  const { isSending, fault, outcome, submit, refuse, reset } = useSubmit(outbox)

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (person.trim() === '' && place.trim() === '') {
      first.current?.focus()
      return refuse('请写走访了谁，或者去了哪里。')
    }
    const told = { person: person.trim(), place: place.trim(), findings: findings.trim(), at }
    const filled = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== ''))
    const photos = shots.map(({ photo }) => photo)
    await submit({ is: 'visit', ...filled, minutes, gridNo }, { photos, location: locationOf(fix) })
  }

  function clear(): void {
    for (const empty of [setPerson, setPlace, setFindings, setAt]) empty('')
    setMinutes(undefined)
    setShots([])
    setFix(undefined)
    reset()
  }

  if (outcome) return <Result outcome={outcome} outbox={outbox} again="再记一户" onAgain={clear} />
  return (
    <form onSubmit={event => void send(event)} noValidate>
      <h1>记走访</h1>
      <div class="field">
        <label for="person">走访了谁</label>
        <input
          id="person"
          ref={first}
          value={person}
          maxLength={30}
          placeholder="如：王奶奶"
          onInput={event => setPerson(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label for="door">在哪里（可不填）</label>
        <input
          id="door"
          value={place}
          maxLength={100}
          placeholder="如：3幢2单元"
          onInput={event => setPlace(event.currentTarget.value)}
        />
      </div>
      <fieldset class="field">
        <legend>多长时间（可不选）</legend>
        <div class="choices">
          {LENGTHS.map(length => (
            <button
              type="button"
              key={length}
              aria-pressed={minutes === length}
              onClick={() => setMinutes(minutes === length ? undefined : length)}
            >
              {length}分钟
            </button>
          ))}
        </div>
      </fieldset>
      <div class="field">
        <label for="findings">了解到什么（可不填）</label>
        <textarea
          id="findings"
          rows={3}
          value={findings}
          maxLength={1000}
          placeholder="如：身体还好，想换煤气灶"
          onInput={event => setFindings(event.currentTarget.value)}
        />
      </div>
      <details>
        <summary>还要补充：时间、照片、位置</summary>
        <div class="field">
          <label for="at">什么时候去的（不填就是现在）</label>
          <input id="at" type="datetime-local" value={at} onInput={event => setAt(event.currentTarget.value)} />
        </div>
        <PhotoField shots={shots} setShots={setShots} bridge={bridge} />
        <PlaceField fix={fix} setFix={setFix} bridge={bridge} />
      </details>
      <GridField grids={data.grids} gridNo={gridNo} setGridNo={setGridNo} />
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" class="primary" disabled={isSending}>
        {isSending ? (outbox.progress ?? '正在发…') : '记下来'}
      </button>
    </form>
  )
}
