import { useRef, useState } from 'preact/hooks'
import type { Person } from '../shared/simulator-api.ts'
import { examplesFor } from './examples.ts'
import { PersonaPicker } from './persona-picker.tsx'
import type { Actions, Draft } from './use-simulator.ts'

interface Props {
  botName: string
  people: Person[]
  persona: Person
  isGroup: boolean
  quoted?: { id: string; text: string }
  unquote(): void
  actions: Actions
}

const LARGEST_BYTES = 10 * 1024 * 1024
/** Made-up spots, so that nobody has to know coordinates. */
const PLACES: NonNullable<Draft['location']>[] = [
  { name: '网格服务站', lat: 30.2741, lng: 120.1551 },
  { name: '社区会议室', lat: 30.2752, lng: 120.1573 },
  { name: '外地', lat: 31.2304, lng: 121.4737 },
]

/** Where somebody speaks: who, what, with which photo, place and quote. */
export function Composer({ botName, people, persona, isGroup, quoted, unquote, actions }: Props) {
  const [text, setText] = useState('')
  const [images, setImages] = useState<string[]>([])
  const [place, setPlace] = useState<Draft['location']>()
  const [silent, setSilent] = useState(false)
  const [sending, setSending] = useState(false)
  const [fault, setFault] = useState<string>()
  const box = useRef<HTMLTextAreaElement>(null)
  const isEmpty = text.trim() === '' && images.length === 0 && !place

  async function submit(event?: Event): Promise<void> {
    event?.preventDefault()
    if (isEmpty || sending) return
    setFault(undefined)
    if (isGroup && silent) {
      actions.murmur(text)
      return clear()
    }
    setSending(true)
    try {
      await actions.send({
        text: isGroup ? `@${botName} ${text}`.trim() : text,
        images: images.length > 0 ? images : undefined,
        location: place,
        quote: quoted?.id,
      })
      clear()
    } catch (error) {
      setFault((error as Error).message)
    } finally {
      setSending(false)
      box.current?.focus()
    }
  }

  function clear(): void {
    setText('')
    setImages([])
    setPlace(undefined)
    unquote()
  }

  async function attach(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])]
    input.value = ''
    if (files.some(({ size }) => size > LARGEST_BYTES)) return setFault('一张图片最大 10 MB。')
    const read = await Promise.all(files.map(readDataUrl))
    setImages(known => [...known, ...read].slice(0, 9))
  }

  return (
    <form class="composer" onSubmit={event => void submit(event)}>
      <p class="examples">
        <span>{persona.name}可以说：</span>
        {examplesFor(persona.roleCode).map(example => (
          <button
            type="button"
            key={example}
            onClick={() => {
              setText(example)
              box.current?.focus()
            }}
          >
            {example}
          </button>
        ))}
      </p>
      {quoted && (
        <p class="attached">
          引用：{quoted.text}
          <button type="button" onClick={unquote} aria-label="不引用了">
            ×
          </button>
        </p>
      )}
      {(images.length > 0 || place) && (
        <p class="attached">
          {images.map((url, index) => (
            <img key={url.slice(-40)} src={url} alt={`要发的照片 ${index + 1}`} />
          ))}
          {place && <span>位置：{place.name}</span>}
          <button
            type="button"
            aria-label="去掉附件"
            onClick={() => {
              setImages([])
              setPlace(undefined)
            }}
          >
            ×
          </button>
        </p>
      )}
      <div class="tools">
        <PersonaPicker people={people} persona={persona} play={actions.play} />
        <label class="tool">
          照片
          <input
            type="file"
            accept="image/*"
            multiple
            class="hidden"
            onChange={event => void attach(event.currentTarget)}
          />
        </label>
        <select
          class="tool"
          aria-label="附上位置"
          value={place?.name ?? ''}
          onChange={event => setPlace(PLACES.find(({ name }) => name === event.currentTarget.value))}
        >
          <option value="">位置</option>
          {PLACES.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        {isGroup && (
          <label class="switch">
            <input type="checkbox" checked={silent} onChange={event => setSilent(event.currentTarget.checked)} />
            不@
          </label>
        )}
      </div>
      <div class="entry">
        <textarea
          ref={box}
          rows={2}
          value={text}
          aria-label="要说的话"
          placeholder={
            isGroup ? (silent ? `不@${botName}：它听不到` : `@${botName} 说一句，它就记`) : `私下对${botName}说`
          }
          onInput={event => setText(event.currentTarget.value)}
          onKeyDown={event => {
            // While a Chinese input method composes, Enter chooses a word.
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void submit(event)
          }}
        />
        <button type="submit" class="primary" disabled={isEmpty || sending}>
          {sending ? '发送中' : '发送'}
        </button>
      </div>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}

function readDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
