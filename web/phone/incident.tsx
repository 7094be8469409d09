import { useEffect, useRef, useState } from 'preact/hooks'
import type { Bridge, Fix, Shot } from './bridge/bridge.ts'
import { firstGrid, GridField } from './grid-field.tsx'
import { PhotoField } from './photo-field.tsx'
import { locationOf, PlaceField } from './place-field.tsx'
import { Result } from './result.tsx'
import type { TaskProps } from './task.ts'
import { useSubmit } from './use-submit.ts'

/** What happened, in one's own words; everything else may stay empty. */
export function Incident({ data, outbox, bridge }: TaskProps) {
  const [text, setText] = useState('')
  const [place, setPlace] = useState('')
  const [urgent, setUrgent] = useState(false)
  const [gridNo, setGridNo] = useState(firstGrid(data.grids))
  const [shots, setShots] = useState<Shot[]>([])
  const [fix, setFix] = useState<Fix>()
  const box = useRef<HTMLTextAreaElement>(null)
  const { isSending, fault, outcome, submit, refuse, reset } = useSubmit(outbox)

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (text.trim() === '') {
      box.current?.focus()
      return refuse('请写一句发生了什么。')
    }
    const form = { is: 'incident', text: text.trim(), place: place.trim(), gridNo, ...(urgent && { urgent }) } as const
    await submit(form, { photos: shots.map(({ photo }) => photo), location: locationOf(fix) })
  }

  function clear(): void {
    setText('')
    setPlace('')
    setUrgent(false)
    setShots([])
    setFix(undefined)
    reset()
  }

  if (outcome) return <Result outcome={outcome} outbox={outbox} again="再报一件" onAgain={clear} />
  return (
    <form onSubmit={event => void send(event)} noValidate>
      <h1>上报事件</h1>
      <div class="field">
        <label for="what">发生了什么</label>
        <textarea
          id="what"
          ref={box}
          rows={3}
          value={text}
          maxLength={2000}
          required
          placeholder="如：3号楼楼道堆了杂物，通不过去"
          onInput={event => setText(event.currentTarget.value)}
        />
      </div>
      <PhotoField shots={shots} setShots={setShots} bridge={bridge} />
      <div class="field">
        <label for="where">在哪里（可不填）</label>
        <div class="beside">
          <input
            id="where"
            value={place}
            maxLength={100}
            placeholder="如：3号楼2单元"
            onInput={event => setPlace(event.currentTarget.value)}
          />
          <ScanButton bridge={bridge} onRead={setPlace} onFault={refuse} />
        </div>
      </div>
      <GridField grids={data.grids} gridNo={gridNo} setGridNo={setGridNo} />
      <PlaceField fix={fix} setFix={setFix} bridge={bridge} />
      <label class="check">
        <input type="checkbox" checked={urgent} onChange={event => setUrgent(event.currentTarget.checked)} />
        <span>情况紧急，马上通知网格长</span>
      </label>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" class="primary" disabled={isSending}>
        {isSending ? (outbox.progress ?? '正在发…') : '上报'}
      </button>
    </form>
  )
}

/** A code at a lamp post or a door says where it stands. Only where the app reads codes. */
function ScanButton(props: {
  bridge(): Promise<Bridge>
  onRead(place: string): void
  onFault(sentence: string): void
}) {
  const { bridge, onRead, onFault } = props
  const [scan, setScan] = useState<Bridge['scan']>()
  useEffect(() => void bridge().then(one => setScan(() => one.scan)), [bridge])

  async function read(): Promise<void> {
    try {
      const code = (await scan?.())?.trim()
      if (code === undefined || code === '') return
      if (/^[a-z]+:\/\//i.test(code) || code.length > 100) return onFault('这个码里没有写地点，请手写一下。')
      onRead(code)
    } catch (error) {
      onFault((error as Error).message)
    }
  }

  return scan ? (
    <button type="button" class="second" onClick={() => void read()}>
      扫码
    </button>
  ) : null
}
