import { useEffect, useState } from 'preact/hooks'
import { PHOTOS_AT_ONCE } from '../shared/phone-api.ts'
import type { Bridge, Shot } from './bridge/bridge.ts'
import { compressPhoto } from './compress.ts'
import { newUuid } from './outbox/entry.ts'

/** Photos, made small on the phone before anything is sent. */
export function PhotoField(props: { shots: Shot[]; setShots(shots: Shot[]): void; bridge(): Promise<Bridge> }) {
  const { shots, setShots, bridge } = props
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const [takePhotos, setTakePhotos] = useState<Bridge['takePhotos']>()
  const left = PHOTOS_AT_ONCE - shots.length
  useEffect(() => void bridge().then(one => setTakePhotos(() => one.takePhotos)), [bridge])

  async function add(read: () => Promise<Shot[]>): Promise<void> {
    setBusy(true)
    setFault(undefined)
    try {
      setShots([...shots, ...(await read())].slice(0, PHOTOS_AT_ONCE))
    } catch (error) {
      setFault((error as Error).message)
    } finally {
      setBusy(false)
    }
  }

  /** Where the app hands out none, the browser's own field takes its place. */
  async function takeFromApp(take: NonNullable<Bridge['takePhotos']>): Promise<Shot[]> {
    try {
      return await take(left)
    } catch (error) {
      setTakePhotos(undefined)
      throw error
    }
  }

  function readFiles(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])].slice(0, left)
    input.value = ''
    return add(() =>
      Promise.all(
        files.map(async file => {
          const { bytes, preview } = await compressPhoto(file)
          return { photo: { id: newUuid(), bytes }, preview }
        }),
      ),
    )
  }

  return (
    <div class="field">
      {shots.length > 0 && (
        <ul class="shots">
          {shots.map((shot, index) => (
            <li key={'id' in shot.photo ? shot.photo.id : shot.photo.media}>
              {shot.preview ? (
                <img src={shot.preview} alt={`第 ${index + 1} 张照片`} />
              ) : (
                <span>第 {index + 1} 张</span>
              )}
              <button
                type="button"
                aria-label={`去掉第 ${index + 1} 张照片`}
                onClick={() => setShots(shots.filter(one => one !== shot))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {left > 0 &&
        (takePhotos ? (
          <button
            type="button"
            class="second"
            disabled={isBusy}
            onClick={() => void add(() => takeFromApp(takePhotos))}
          >
            {isBusy ? '正在处理照片…' : '拍照或选照片'}
          </button>
        ) : (
          <label class="second">
            {isBusy ? '正在处理照片…' : '拍照或选照片'}
            <input
              type="file"
              accept="image/*"
              multiple
              disabled={isBusy}
              onChange={event => void readFiles(event.currentTarget)}
            />
          </label>
        ))}
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
